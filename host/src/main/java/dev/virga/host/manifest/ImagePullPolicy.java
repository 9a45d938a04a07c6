package dev.virga.host.manifest;

/** When an image is fetched from its registry. */
public enum ImagePullPolicy {
    ALWAYS("Always"),
    IF_NOT_PRESENT("IfNotPresent"),
    NEVER("Never");

    private final String text;

    ImagePullPolicy(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
