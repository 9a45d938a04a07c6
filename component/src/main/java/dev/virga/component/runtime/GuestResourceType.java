package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import java.util.Optional;

/** A resource type that a component of the plan defines: each instance of the plan has it anew. */
final class GuestResourceType extends ResourceType {

    /** The number of the component instance that implements it. */
    final int instance;

    /** The destructor, a core function. */
    final Optional<Item.Core> destructor;

    GuestResourceType(String name, int instance, Optional<Item.Core> destructor) {
        super(name);
        this.instance = instance;
        this.destructor = destructor;
    }
}
