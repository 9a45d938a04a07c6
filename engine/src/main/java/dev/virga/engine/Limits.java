package dev.virga.engine;

import java.util.OptionalLong;

/** Bounds of a memory in pages of 64 KiB or of a table in elements; 64-bit addressed if {@code is64}. */
public record Limits(long min, OptionalLong max, boolean is64) {

    /** Whether something of this size and maximum can stand for an import with {@code wanted} limits. */
    public boolean matches(Limits wanted) {
        return is64 == wanted.is64
                && min >= wanted.min
                && (wanted.max.isEmpty()
                        || max.isPresent() && max.getAsLong() <= wanted.max.getAsLong());
    }
}
