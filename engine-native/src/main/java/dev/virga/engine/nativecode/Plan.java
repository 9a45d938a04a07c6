package dev.virga.engine.nativecode;

import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.MemoryType;
import dev.virga.engine.TableType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the code generator says of a module (compiler/INTERFACE.md, "The plan"). Lists of tables,
 * memories, globals and tags have the imported ones first.
 *
 * @param functionTypes a type index for each function, imported ones first
 * @param referenced functions to which there can be references, ascending
 * @param bodies offset and length of each body in the module, alternating
 */
record Plan(
        List<FuncType> types,
        int importedFunctions,
        int[] functionTypes,
        int importedTables,
        List<Table> tables,
        int importedMemories,
        List<MemoryType> memories,
        int importedGlobals,
        List<Global> globals,
        int importedTags,
        int[] tagTypes,
        List<Export> exports,
        OptionalInt start,
        List<Element> elements,
        List<Data> data,
        int[] referenced,
        Layout layout,
        List<Stub> stubs,
        Range names,
        List<Section> debugSections,
        int[] bodies) {

    /** Bytes of the module. */
    record Range(int offset, int length) {
        int end() {
            return offset + length;
        }
    }

    /** @param initial empty for null, and for imported tables */
    record Table(TableType type, Optional<Expression> initial) {}

    /** @param initial empty for imported globals */
    record Global(GlobalType type, Optional<Expression> initial) {}

    enum Kind { FUNCTION, TABLE, MEMORY, GLOBAL, TAG }

    record Export(Kind kind, int index) {}

    enum Mode { PASSIVE, ACTIVE, DECLARATIVE }

    /**
     * @param table of an active segment, as {@code offset}
     * @param functions the elements where all are functions, otherwise empty
     * @param expressions the elements where {@code functions} is empty
     */
    record Element(
            Mode mode, int table, Optional<Expression> offset, int[] functions, List<Expression> expressions) {
        int size() {
            return functions.length + expressions.size();
        }
    }

    record Data(Mode mode, int memory, Optional<Expression> offset, Range bytes) {}

    /** Offsets in the instance block, and its size. */
    record Layout(int memories, int tables, int globals, int tags, int imports, int references, int size) {

        static final int TYPE_IDS = 8;
        static final int IMPORT_BYTES = 24;
        static final int RECORD_BYTES = 32;
        static final int TAG_BYTES = 8;
        /** Memories, tables and globals. */
        static final int ENTRY_BYTES = 16;

        int memory(int index) {
            return memories + index * ENTRY_BYTES;
        }

        int table(int index) {
            return tables + index * ENTRY_BYTES;
        }

        int global(int index) {
            return globals + index * ENTRY_BYTES;
        }

        int tag(int index) {
            return tags + index * TAG_BYTES;
        }

        int imported(int function) {
            return imports + function * IMPORT_BYTES;
        }

        /** @param position among the referenced functions that are not imported */
        int record(int position) {
            return references + position * RECORD_BYTES;
        }
    }

    enum StubKind { TRAP, INTERRUPT, ENTRY, HOST, BUILTIN }

    record Stub(StubKind kind, int argument) {}

    record Section(String name, Range content) {}

    int functionCount() {
        return bodies.length / 2;
    }

    FuncType functionType(int function) {
        return types.get(functionTypes[function]);
    }
}
