package dev.virga.component.type;

/**
 * A resource type. Its identity is the object's: two resource types are equal only if they are the
 * same object, whatever they are called (Explainer, "Type Checking": resource types are generative).
 * This class stands for an abstract one, for example an import; the runtime has subclasses for
 * those whose implementation is known.
 */
public class ResourceType {

    private final String name;

    /** @param name for error messages only */
    public ResourceType(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
