package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Writes a module section by section (core specification, section 5.5). */
final class ModuleWriter {

    private static final byte[] MAGIC_AND_VERSION = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int END = 0x0b;

    private final ModuleShape shape;
    private final Random random;
    private final BinaryWriter out = new BinaryWriter().bytes(MAGIC_AND_VERSION);

    ModuleWriter(ModuleShape shape, Random random) {
        this.shape = shape;
        this.random = random;
    }

    byte[] write(List<byte[]> bodies) {
        int imported = shape.importedFunctions();
        List<byte[]> imports = imports();
        List<FuncType> defined = shape.functions().subList(imported, shape.functions().size());
        defined.forEach(shape::typeIndex);
        section(1, List.copyOf(shape.types().keySet()), (section, type) ->
                section.u8(0x60).types(type.params()).types(type.results()));
        section(2, imports, BinaryWriter::bytes);
        section(3, defined, (section, type) -> section.u32(shape.typeIndex(type)));
        section(4, shape.tables().subList(shape.importedTables(), shape.tables().size()), ModuleWriter::table);
        section(5, shape.memories().subList(shape.importedMemories(), shape.memories().size()),
                (section, memory) -> section.limits(memory.limits()));
        section(6, IntStream.range(shape.importedGlobals(), shape.globals().size()).boxed().toList(), this::global);
        section(7, exports(), BinaryWriter::bytes);
        shape.start().ifPresent(start -> out.u8(8).sized(new BinaryWriter().u32(start).toByteArray()));
        section(9, shape.elements(), this::elements);
        out.u8(12).sized(new BinaryWriter().u32(shape.data().size()).toByteArray());
        section(10, bodies, BinaryWriter::sized);
        section(11, shape.data(), this::data);
        return out.toByteArray();
    }

    private <T> void section(int id, List<T> items, BiConsumer<BinaryWriter, T> item) {
        BinaryWriter section = new BinaryWriter().u32(items.size());
        items.forEach(one -> item.accept(section, one));
        out.u8(id).sized(section.toByteArray());
    }

    private List<byte[]> imports() {
        List<byte[]> imports = new ArrayList<>();
        for (int i = 0; i < shape.importedFunctions(); i++) {
            imports.add(named("f" + i, 0).u32(shape.typeIndex(shape.functions().get(i))).toByteArray());
        }
        for (int i = 0; i < shape.importedTables(); i++) {
            BinaryWriter table = named("t" + i, 1);
            table(table, shape.tables().get(i));
            imports.add(table.toByteArray());
        }
        for (int i = 0; i < shape.importedMemories(); i++) {
            imports.add(named("m" + i, 2).limits(shape.memories().get(i).limits()).toByteArray());
        }
        for (int i = 0; i < shape.importedGlobals(); i++) {
            BinaryWriter global = named("g" + i, 3);
            globalType(global, shape.globals().get(i));
            imports.add(global.toByteArray());
        }
        return imports;
    }

    private static BinaryWriter named(String name, int kind) {
        return new BinaryWriter().name("host").name(name).u8(kind);
    }

    private List<byte[]> exports() {
        List<byte[]> exports = new ArrayList<>();
        shape.exportedFunctions().forEach(i -> exports.add(export("f" + i, 0, i)));
        for (int i = 0; i < shape.tables().size(); i++) {
            exports.add(export("t" + i, 1, i));
        }
        for (int i = 0; i < shape.memories().size(); i++) {
            exports.add(export("m" + i, 2, i));
        }
        for (int i = 0; i < shape.globals().size(); i++) {
            exports.add(export(i == shape.fuel() ? ModuleRun.FUEL : "g" + i, 3, i));
        }
        return exports;
    }

    private static byte[] export(String name, int kind, int index) {
        return new BinaryWriter().name(name).u8(kind).u32(index).toByteArray();
    }

    private static void table(BinaryWriter section, TableType table) {
        section.type(table.element()).limits(table.limits());
    }

    private static void globalType(BinaryWriter section, GlobalType global) {
        section.type(global.value()).u8(global.mutable() ? 1 : 0);
    }

    private void global(BinaryWriter section, int index) {
        GlobalType global = shape.globals().get(index);
        globalType(section, global);
        List<Integer> imported = importedConstants(global.value());
        if (index == shape.fuel()) {
            Constants.write(section, I32, ControlGenerator.FUEL);
        } else if (!imported.isEmpty() && random.nextBoolean()) {
            section.u8(0x23).u32(imported.get(random.nextInt(imported.size())));
        } else if (Values.isFunction(global.value()) && !shape.referable().isEmpty() && random.nextBoolean()) {
            section.u8(0xd2).u32(shape.referable().get(random.nextInt(shape.referable().size())));
        } else if (global.value() instanceof ValType.Ref) {
            Constants.write(section, global.value(), null);
        } else {
            Constants.write(section, global.value(), Values.random(global.value(), random));
        }
        section.u8(END);
    }

    /** Not of functions: the portable engine takes a null that the host gave for the first function. */
    private List<Integer> importedConstants(ValType type) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < shape.importedGlobals(); i++) {
            if (shape.globals().get(i).equals(new GlobalType(type, false)) && !Values.isFunction(type)) {
                found.add(i);
            }
        }
        return found;
    }

    /** Of the eight ways to write a segment (section 5.5.12) one that can hold it. */
    private void elements(BinaryWriter section, ModuleShape.Elements segment) {
        boolean indices = segment.type() == ValType.Ref.FUNC && !segment.functions().contains(-1);
        int form = switch (segment.mode()) {
            case PASSIVE -> 1;
            case ACTIVE -> 2;
            case DECLARATIVE -> 3;
        };
        section.u8(indices ? form : form + 4);
        if (segment.mode() == ModuleShape.Mode.ACTIVE) {
            section.u32(segment.table()).u8(0x41).signed(segment.offset()).u8(END);
        }
        if (indices) {
            section.u8(0);
        } else {
            section.type(segment.type());
        }
        section.u32(segment.functions().size());
        segment.functions().forEach(function -> {
            if (indices) {
                section.u32(function);
            } else if (function < 0) {
                Constants.write(section, segment.type(), null);
                section.u8(END);
            } else {
                section.u8(0xd2).u32(function).u8(END);
            }
        });
    }

    private void data(BinaryWriter section, ModuleShape.Data segment) {
        if (segment.mode() == ModuleShape.Mode.PASSIVE) {
            section.u8(1);
        } else {
            section.u8(2).u32(segment.memory()).u8(0x41).signed((int) segment.offset()).u8(END);
        }
        section.sized(segment.bytes());
    }
}
