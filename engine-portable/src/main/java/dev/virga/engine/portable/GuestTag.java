package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import run.endive.runtime.TagInstance;

/** An exception tag. */
record GuestTag(TagInstance instance, FuncType type) implements Extern.Tag {

    @Override
    public boolean equals(Object other) {
        return other instanceof GuestTag tag && tag.instance == instance;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(instance);
    }
}
