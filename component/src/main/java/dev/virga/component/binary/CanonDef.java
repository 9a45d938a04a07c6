package dev.virga.component.binary;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A {@code canon} definition (Binary, "Canonical Definitions"). All but Lift define a core function. */
public sealed interface CanonDef {

    enum StringEncoding {
        UTF8, UTF16, LATIN1_UTF16
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

    /** A built-in of the asynchronous part, by its name as in the Explainer, for example {@code task.cancel}. */
    record Async(String name, List<Integer> immediates, Optional<Options> options, Optional<ValTypeRef> result)
            implements CanonDef {}
}
