package dev.virga.engine;

import java.util.List;

/** A compiled core module: immutable, shared between stores and threads. */
public interface CoreModule {

    /** Imports and exports with their types, in the order of the binary. */
    ModuleType type();

    /** How much code the engine has made of this module, in bytes. */
    long codeSize();

    /**
     * Instantiates this module: links {@code imports} by position with {@link ModuleType#imports()},
     * initialises tables and memories and runs the start function.
     *
     * @param imports one extern for each import, of the same kind
     * @throws ModuleException.Link if an import's type does not match
     * @throws Trap if a segment is out of bounds or the start function traps
     */
    CoreInstance instantiate(Store store, List<Extern> imports);
}
