package dev.virga.engine.nativecode.fuzz;

import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.MemoryType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All of a module but its code: what function bodies refer to. In each list imports come first, as in
 * the index spaces.
 *
 * @param types the type section, to which bodies add those of their blocks
 * @param referable the functions that {@code ref.func} may name
 * @param typed a table that code never changes
 * @param groups for a function type, the first of {@link #GROUP} elements of {@code typed} with that type
 * @param fuel a global that loops and calls use up, so that every call ends
 * @param tailCalls whether code has tail calls, for which the portable engine has another way to call
 */
record ModuleShape(
        Map<FuncType, Integer> types,
        List<FuncType> functions,
        int importedFunctions,
        Set<Integer> exportedFunctions,
        List<Integer> referable,
        List<MemoryType> memories,
        int importedMemories,
        List<TableType> tables,
        int importedTables,
        int typed,
        Map<FuncType, Integer> groups,
        List<GlobalType> globals,
        int importedGlobals,
        int fuel,
        List<Data> data,
        List<Elements> elements,
        OptionalInt start,
        boolean tailCalls) {

    /** How many functions of one type stand beside each other. */
    static final int GROUP = 4;

    static final long PAGE = 65_536;

    enum Mode { ACTIVE, PASSIVE, DECLARATIVE }

    /**
     * A data segment.
     *
     * @param stays whether code never drops it
     */
    record Data(Mode mode, int memory, long offset, byte[] bytes, boolean stays) {}

    /**
     * An element segment.
     *
     * @param functions indices; −1 is null
     * @param stays whether code never drops it
     */
    record Elements(
            Mode mode, int table, int offset, ValType.Ref type, List<Integer> functions, boolean stays) {}

    int typeIndex(FuncType type) {
        return types.computeIfAbsent(type, key -> types.size());
    }

    static Map<FuncType, Integer> newTypes() {
        return new LinkedHashMap<>();
    }
}
