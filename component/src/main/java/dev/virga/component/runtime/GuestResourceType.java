package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import java.util.Optional;

/** A resource type that a component of the plan defines: each instance of the plan has it anew. */
final class GuestResourceType extends ResourceType {

    /** The number of the component instance that implements it. */
    final int instance;

    /** The destructor, a core function. */
    final Optional<Item.Core> destructor;

    private String exportName = "";

    GuestResourceType(int instance, Optional<Item.Core> destructor) {
        super("resource");
        this.instance = instance;
        this.destructor = destructor;
    }

    /** Tells the name of an export, for error texts; the innermost is the first to come. */
    void exportedAs(String name) {
        if (exportName.isEmpty()) {
            exportName = name;
        }
    }

    @Override
    public String name() {
        return exportName.isEmpty() ? super.name() : exportName;
    }

    @Override
    public String toString() {
        return name();
    }
}
