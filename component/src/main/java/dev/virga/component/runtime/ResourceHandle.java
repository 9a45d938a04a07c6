package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;

/** An element of a handle table that stands for a resource ({@code ResourceHandle}). */
final class ResourceHandle implements Handle {

    final ResourceType type;

    /** A {@link Representation}, or the host's object. */
    final Object representation;

    /** The call that a borrow belongs to; null for an owning handle. */
    final BorrowScope scope;

    /** How many calls this handle is lent to. */
    int lends;

    ResourceHandle(ResourceType type, Object representation, BorrowScope scope) {
        this.type = type;
        this.representation = representation;
        this.scope = scope;
    }

    boolean owns() {
        return scope == null;
    }
}
