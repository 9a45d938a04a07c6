package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import java.util.Optional;
import run.endive.runtime.TagInstance;

/**
 * An exception tag.
 *
 * @param types the types of the module that defines it; empty if the host does
 */
record GuestTag(TagInstance instance, FuncType type, Optional<ModuleTypes> types) implements Extern.Tag {

    /** Whether its type is the very one that another module means by an index, not only alike. */
    boolean hasType(int wanted, ModuleTypes others) {
        int own = instance.tagType().typeIdx();
        return types.map(definer -> definer.matches(own, others, wanted) && others.matches(wanted, definer, own))
                .orElseGet(() -> type.equals(others.signature(wanted).type()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GuestTag tag && tag.instance == instance;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(instance);
    }
}
