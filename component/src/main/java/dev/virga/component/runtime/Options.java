package dev.virga.component.runtime;

import dev.virga.component.binary.CanonDef.StringEncoding;
import java.util.Optional;

/** Canonical options with their indices resolved. */
record Options(
        StringEncoding encoding,
        Optional<Item.Core> memory,
        Optional<Item.Core> realloc,
        Optional<Item.Core> postReturn,
        boolean async,
        Optional<Item.Core> callback) {}
