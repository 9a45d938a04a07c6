package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;

/** A resource type that the host implements: its resources are objects of a Java class. */
public final class HostResourceType extends ResourceType {

    private volatile Class<?> javaClass;

    public HostResourceType(String name, Class<?> javaClass) {
        super(name);
        this.javaClass = javaClass;
    }

    /** Tells the class where it was not known at first: a resource may be used before it is offered. */
    public void implementedBy(Class<?> known) {
        javaClass = known;
    }

    Object check(Object value) {
        if (!javaClass.isInstance(value)) {
            throw new IllegalArgumentException("a resource " + name() + " of the host must be a "
                    + javaClass.getName() + ", not " + (value == null ? "null" : "a " + value.getClass().getName()));
        }
        return value;
    }

    /** The owner let go of the resource. */
    static void drop(Object resource) {
        if (resource instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + resource + ": " + e.getMessage(), e);
            }
        }
    }
}
