package dev.virga.component.binary;

/** The sections of a component, in the order of their ids (Binary, "Component Definitions"). */
public enum Section {
    CUSTOM("custom"),
    CORE_MODULE("core module"),
    CORE_INSTANCE("core instance"),
    CORE_TYPE("core type"),
    COMPONENT("component"),
    INSTANCE("instance"),
    ALIAS("alias"),
    TYPE("type"),
    CANON("canon"),
    START("start"),
    IMPORT("import"),
    EXPORT("export"),
    VALUE("value");

    private final String text;

    Section(String text) {
        this.text = text;
    }

    /**
     * Words for messages about what is in this section.
     *
     * @param component the offset of the first byte of the component, 0 for the outermost one
     */
    public String in(int component) {
        return "in the " + text + " section" + of(component);
    }

    /** Words for which component is meant. */
    public static String of(int component) {
        return component == 0 ? "" : " of the component at offset 0x" + Integer.toHexString(component);
    }
}
