package dev.virga.component.type;

/**
 * A resource type. Two are equal only if one comes from the other by {@link #named}, whatever they
 * are called (Explainer, "Type Checking": resource types are generative).
 * This class stands for a type whose implementation is not known; the runtime has subclasses for the
 * others.
 */
public non-sealed class ResourceType implements DefType {

    private final String name;
    private final Object identity;

    /** A type unequal to all others. @param name for error messages only */
    public ResourceType(String name) {
        this(name, new Object());
    }

    private ResourceType(String name, Object identity) {
        this.name = name;
        this.identity = identity;
    }

    /**
     * The same type under the name of an import or export. It is an object of its own, so that the
     * validator can tell which name a type was reached by (Explainer, "External Visibility of
     * Types").
     */
    public ResourceType named(String other) {
        return new ResourceType(other, identity);
    }

    public String name() {
        return name;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof ResourceType r && r.identity == identity;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(identity);
    }

    @Override
    public String toString() {
        return name;
    }
}
