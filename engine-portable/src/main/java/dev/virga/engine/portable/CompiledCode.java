package dev.virga.engine.portable;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A module as it is kept, in memory and in the cache.
 *
 * @param module the module without its function bodies, see {@link ModuleStripper}
 * @param start the index of its start function
 * @param names the content of its name section, empty if there is none
 * @param tailCalls whether functions end in tail calls, which only Endive's own way of calling follows
 * @param functionsPerClass how many functions Endive put into one class
 * @param classes the compiled classes by name
 */
record CompiledCode(
        byte[] module,
        OptionalInt start,
        byte[] names,
        boolean tailCalls,
        int functionsPerClass,
        Map<String, ByteBuffer> classes) {

    /** The names of all guest classes start so; a loader of its own keeps modules apart. */
    static final String CLASS = "virga.guest.Module";
}
