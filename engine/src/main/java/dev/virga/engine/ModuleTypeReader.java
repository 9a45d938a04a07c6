package dev.virga.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what a core module imports and exports, without decoding its function bodies (core
 * specification 3.0, section 5.5). It checks what it reads, not the whole module: that is what
 * {@link Engine#compile} does.
 */
public final class ModuleTypeReader {

    private static final int MAGIC = 0x0061736d;
    private static final int VERSION = 0x01000000;
    /** More than any toolchain makes; engines of browsers allow as many. */
    private static final int MAX_TYPES = 1_000_000;

    private static final int CUSTOM = 0;
    private static final int CODE = 10;
    /** The order in which sections must come; the tag section stands between memory and global. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final List<Optional<FuncType>> types = new ArrayList<>();
    private final List<ModuleType.Import> imports = new ArrayList<>();
    private final List<ModuleType.Export> exports = new ArrayList<>();
    private final List<FuncType> functions = new ArrayList<>();
    private final List<TableType> tables = new ArrayList<>();
    private final List<MemoryType> memories = new ArrayList<>();
    private final List<GlobalType> globals = new ArrayList<>();
    private final List<FuncType> tags = new ArrayList<>();
    private int definedFunctions;
    private int bodies;

    private ModuleTypeReader() {}

    /**
     * @throws ModuleException.Malformed if the bytes are no module
     * @throws ModuleException.Invalid if an import or export refers to something that is not there
     */
    public static ModuleType read(byte[] binary) {
        return read(binary, 0, binary.length);
    }

    /** As the other one, of a module within other bytes; offsets in messages are those of these. */
    public static ModuleType read(byte[] bytes, int from, int to) {
        return new ModuleTypeReader().module(new BinaryReader(bytes, from, to));
    }

    /** The content of the module's name section, where there is one. */
    public static Optional<byte[]> nameSection(byte[] binary) {
        BinaryReader in = new BinaryReader(binary, 0, binary.length);
        header(in);
        while (!in.atEnd()) {
            int id = in.u8();
            BinaryReader section = in.slice(in.u32());
            if (id == CUSTOM && section.name().equals("name")) {
                return Optional.of(java.util.Arrays.copyOfRange(binary, section.position(), in.position()));
            }
        }
        return Optional.empty();
    }

    private static void header(BinaryReader in) {
        if (fourBytes(in) != MAGIC) {
            throw in.malformed("magic header not detected");
        }
        if (fourBytes(in) != VERSION) {
            throw in.malformed("unknown binary version");
        }
    }

    private static int fourBytes(BinaryReader in) {
        return in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
    }

    private ModuleType module(BinaryReader in) {
        header(in);
        int last = 0;
        while (!in.atEnd()) {
            int id = in.u8();
            if (id >= ORDER.length) {
                throw in.malformed("malformed section id " + id);
            }
            int size = in.u32();
            BinaryReader section = in.slice(size);
            if (id == CUSTOM) {
                section.name();
                continue;
            }
            if (ORDER[id] <= last) {
                throw in.malformed("unexpected content after last section: section " + id + " is out of order");
            }
            last = ORDER[id];
            section(id, section);
        }
        if (definedFunctions != bodies) {
            throw in.malformed("function and code section have inconsistent lengths");
        }
        return new ModuleType(imports, exports);
    }

    private void section(int id, BinaryReader in) {
        int count = switch (id) {
            case 1, 2, 3, 4, 5, 6, 7, 13, CODE -> in.count();
            default -> 0;
        };
        switch (id) {
            case 1 -> repeat(count, () -> recursiveGroup(in));
            case 2 -> repeat(count, () -> readImport(in));
            case 3 -> repeat(definedFunctions = count, () -> functions.add(funcType(in)));
            case 4 -> repeat(count, () -> definedTable(in));
            case 5 -> repeat(count, () -> memories.add(memoryType(in)));
            case 6 -> repeat(count, () -> {
                GlobalType global = globalType(in);
                in.skipConstantExpression(globals.size());
                globals.add(global);
            });
            case 7 -> {
                Set<String> names = HashSet.newHashSet(count);
                repeat(count, () -> export(in, names));
            }
            case 13 -> repeat(count, () -> tags.add(tagType(in)));
            case CODE -> {
                bodies = count;
                return;
            }
            default -> {
                return;
            }
        }
        if (!in.atEnd()) {
            throw in.malformed("section size mismatch");
        }
    }

    private static void repeat(int count, Runnable read) {
        for (int i = 0; i < count; i++) {
            read.run();
        }
    }

    private void recursiveGroup(BinaryReader in) {
        if (in.peek() == 0x4e) {
            in.u8();
            repeat(in.count(), () -> subType(in));
        } else {
            subType(in);
        }
    }

    private void subType(BinaryReader in) {
        if (types.size() >= MAX_TYPES) {
            throw in.invalid("more than " + MAX_TYPES + " types");
        }
        if (in.peek() == 0x50 || in.peek() == 0x4f) {
            in.u8();
            repeat(in.count(), in::u32);
        }
        switch (in.u8()) {
            case 0x60 -> types.add(Optional.of(new FuncType(valTypes(in), valTypes(in))));
            case 0x5f -> {
                repeat(in.count(), () -> fieldType(in));
                types.add(Optional.empty());
            }
            case 0x5e -> {
                fieldType(in);
                types.add(Optional.empty());
            }
            default -> throw in.malformed("malformed type definition");
        }
    }

    private static void fieldType(BinaryReader in) {
        if (in.peek() == 0x78 || in.peek() == 0x77) {
            in.u8();
        } else {
            valType(in);
        }
        mutability(in);
    }

    private static boolean mutability(BinaryReader in) {
        return switch (in.u8()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw in.malformed("malformed mutability");
        };
    }

    private static List<ValType> valTypes(BinaryReader in) {
        int count = in.count();
        List<ValType> list = new ArrayList<>(count);
        repeat(count, () -> list.add(valType(in)));
        return list;
    }

    private static ValType valType(BinaryReader in) {
        ValType number = switch (in.peek()) {
            case 0x7f -> ValType.Num.I32;
            case 0x7e -> ValType.Num.I64;
            case 0x7d -> ValType.Num.F32;
            case 0x7c -> ValType.Num.F64;
            case 0x7b -> ValType.Num.V128;
            default -> null;
        };
        if (number == null) {
            return refType(in);
        }
        in.u8();
        return number;
    }

    private static ValType.Ref refType(BinaryReader in) {
        return switch (in.peek()) {
            case 0x63 -> {
                in.u8();
                yield new ValType.Ref(true, heapType(in));
            }
            case 0x64 -> {
                in.u8();
                yield new ValType.Ref(false, heapType(in));
            }
            default -> new ValType.Ref(true, abstractHeapType(in, in.u8()));
        };
    }

    private static HeapType heapType(BinaryReader in) {
        if ((in.peek() & 0xc0) == 0x40) {
            return abstractHeapType(in, in.u8());
        }
        long index = in.signed(33);
        if (index < 0 || index >= MAX_TYPES) {
            throw in.malformed("malformed heap type");
        }
        return new HeapType.Defined((int) index);
    }

    private static HeapType abstractHeapType(BinaryReader in, int code) {
        return switch (code) {
            case 0x74 -> HeapType.Abstract.NOEXN;
            case 0x73 -> HeapType.Abstract.NOFUNC;
            case 0x72 -> HeapType.Abstract.NOEXTERN;
            case 0x71 -> HeapType.Abstract.NONE;
            case 0x70 -> HeapType.Abstract.FUNC;
            case 0x6f -> HeapType.Abstract.EXTERN;
            case 0x6e -> HeapType.Abstract.ANY;
            case 0x6d -> HeapType.Abstract.EQ;
            case 0x6c -> HeapType.Abstract.I31;
            case 0x6b -> HeapType.Abstract.STRUCT;
            case 0x6a -> HeapType.Abstract.ARRAY;
            case 0x69 -> HeapType.Abstract.EXN;
            default -> throw in.malformed("malformed value type 0x" + Integer.toHexString(code));
        };
    }

    private void readImport(BinaryReader in) {
        String module = in.name();
        String name = in.name();
        ExternType type = switch (in.u8()) {
            case 0 -> {
                FuncType function = funcType(in);
                functions.add(function);
                yield new ExternType.Func(function);
            }
            case 1 -> {
                TableType table = tableType(in);
                tables.add(table);
                yield new ExternType.Table(table);
            }
            case 2 -> {
                MemoryType memory = memoryType(in);
                memories.add(memory);
                yield new ExternType.Memory(memory);
            }
            case 3 -> {
                GlobalType global = globalType(in);
                globals.add(global);
                yield new ExternType.Global(global);
            }
            case 4 -> {
                FuncType tag = tagType(in);
                tags.add(tag);
                yield new ExternType.Tag(tag);
            }
            default -> throw in.malformed("malformed import kind");
        };
        imports.add(new ModuleType.Import(module, name, type));
    }

    private FuncType funcType(BinaryReader in) {
        return at(types, in.u32(), "type", in).orElseThrow(() -> in.invalid("not a function type"));
    }

    private static <T> T at(List<T> space, int index, String what, BinaryReader in) {
        if (index >= space.size()) {
            throw in.invalid("unknown " + what + " " + index);
        }
        return space.get(index);
    }

    private void definedTable(BinaryReader in) {
        if (in.peek() != 0x40) {
            tables.add(tableType(in));
            return;
        }
        in.u8();
        if (in.u8() != 0) {
            throw in.malformed("malformed table");
        }
        tables.add(tableType(in));
        in.skipConstantExpression(globals.size());
    }

    private static TableType tableType(BinaryReader in) {
        ValType.Ref element = refType(in);
        if ((in.peek() & ~0x5) != 0) {
            throw in.malformed("malformed limits flags");
        }
        return new TableType(element, limits(in, in.u8()));
    }

    private static MemoryType memoryType(BinaryReader in) {
        int flags = in.u8();
        if ((flags & ~0x7) != 0) {
            throw in.malformed("malformed limits flags");
        }
        Limits limits = limits(in, flags);
        long most = limits.is64() ? 1L << 48 : 1L << 16;
        if (limits.min() > most || limits.max().orElse(0) > most) {
            throw in.invalid("memory size must be at most " + most + " pages");
        }
        boolean shared = (flags & 0x2) != 0;
        if (shared && limits.max().isEmpty()) {
            throw in.invalid("shared memory must have maximum");
        }
        return new MemoryType(limits, shared);
    }

    private static Limits limits(BinaryReader in, int flags) {
        boolean is64 = (flags & 0x4) != 0;
        long min = in.unsigned(is64 ? 64 : 32);
        OptionalLong max = (flags & 1) == 0 ? OptionalLong.empty() : OptionalLong.of(in.unsigned(is64 ? 64 : 32));
        if (max.isPresent() && Long.compareUnsigned(min, max.getAsLong()) > 0) {
            throw in.invalid("size minimum must not be greater than maximum");
        }
        if (max.isPresent()) {
            max = OptionalLong.of(reachable(max.getAsLong()));
        }
        return new Limits(reachable(min), max, is64);
    }

    /** A bound of 2^63 and more is as far out of reach as the largest long. */
    private static long reachable(long bound) {
        return bound < 0 ? Long.MAX_VALUE : bound;
    }

    private static GlobalType globalType(BinaryReader in) {
        return new GlobalType(valType(in), mutability(in));
    }

    private FuncType tagType(BinaryReader in) {
        if (in.u8() != 0) {
            throw in.malformed("malformed tag attribute");
        }
        FuncType type = funcType(in);
        if (!type.results().isEmpty()) {
            throw in.invalid("non-empty tag result type");
        }
        return type;
    }

    private void export(BinaryReader in, Set<String> names) {
        String name = in.name();
        if (!names.add(name)) {
            throw in.invalid("duplicate export name \"" + name + "\"");
        }
        int kind = in.u8();
        int index = in.u32();
        ExternType type = switch (kind) {
            case 0 -> new ExternType.Func(at(functions, index, "function", in));
            case 1 -> new ExternType.Table(at(tables, index, "table", in));
            case 2 -> new ExternType.Memory(at(memories, index, "memory", in));
            case 3 -> new ExternType.Global(at(globals, index, "global", in));
            case 4 -> new ExternType.Tag(at(tags, index, "tag", in));
            default -> throw in.malformed("malformed export kind");
        };
        exports.add(new ModuleType.Export(name, type));
    }
}
