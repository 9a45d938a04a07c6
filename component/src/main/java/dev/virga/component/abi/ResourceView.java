package dev.virga.component.abi;

/** A Java interface that stands for a resource which a guest implements. */
public interface ResourceView {

    /** What implements the interface for a resource that was lifted. */
    Object wrap(Object resource);

    /**
     * The resource behind it.
     *
     * @throws IllegalArgumentException if the value is something else that implements the interface
     */
    Object unwrap(Object value);
}
