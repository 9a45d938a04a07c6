package dev.virga.component.runtime;

/** A resource that a guest implements: moves from table to table as itself. */
record Representation(Root root, GuestResourceType type, int value) {

    /** Runs the destructor, called from component instance {@code caller} or, where null, from the host. */
    void destroy(GuestInstance caller) {
        root.destroy(this, caller);
    }
}
