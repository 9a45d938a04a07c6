package dev.virga.component.abi;

import dev.virga.component.type.ResourceType;
import java.util.Optional;

/** Finds what stands for resources in Java. */
@FunctionalInterface
public interface ResourceViews {

    /** Resources are what the runtime gives. */
    ResourceViews NONE = (_, _) -> Optional.empty();

    /**
     * @param java the class that a signature has for the resource
     * @return empty if the runtime's own objects are of this class
     * @throws IllegalArgumentException saying why it cannot stand for the resource
     */
    Optional<ResourceView> view(ResourceType resource, Class<?> java);
}
