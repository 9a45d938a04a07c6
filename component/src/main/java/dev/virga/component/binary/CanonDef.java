package dev.virga.component.binary;

import java.util.OptionalInt;

/**
 * A {@code canon} definition (Binary, "Canonical Definitions"). All but {@link Lift} define a core
 * function.
 */
public sealed interface CanonDef
        permits CanonDef.Lift,
                CanonDef.Lower,
                CanonDef.ResourceNew,
                CanonDef.ResourceDrop,
                CanonDef.ResourceRep,
                AsyncCanon {

    enum StringEncoding {
        UTF8("utf8"),
        UTF16("utf16"),
        LATIN1_UTF16("latin1+utf16");

        private final String text;

        StringEncoding(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Canonical options; indices of core functions and memories. */
    record Options(
            StringEncoding encoding,
            OptionalInt memory,
            OptionalInt realloc,
            OptionalInt postReturn,
            boolean async,
            OptionalInt callback) {}

    record Lift(int coreFunc, Options options, int type) implements CanonDef {}

    record Lower(int func, Options options) implements CanonDef {}

    record ResourceNew(int type) implements CanonDef {}

    record ResourceDrop(int type) implements CanonDef {}

    record ResourceRep(int type) implements CanonDef {}
}
