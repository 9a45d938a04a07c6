package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;

/** A resource type of another root instance that the linker was given. */
final class ForeignResourceType extends ResourceType {

    final Root owner;
    final ResourceType original;

    ForeignResourceType(Root owner, ResourceType original) {
        super(original.name());
        this.owner = owner;
        this.original = original;
    }
}
