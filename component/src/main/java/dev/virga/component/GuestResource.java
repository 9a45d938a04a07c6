package dev.virga.component;

import dev.virga.component.type.ResourceType;

/**
 * A resource that a guest implements, held by the host. Closing an owned one runs the guest's
 * destructor.
 */
public interface GuestResource extends AutoCloseable {

    ResourceType type();

    @Override
    void close();
}
