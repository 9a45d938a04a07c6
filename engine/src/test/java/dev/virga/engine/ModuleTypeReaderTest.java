package dev.virga.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModuleTypeReaderTest {

    /** (func (param i32 i64) (result f64)) and (func (param i32)). */
    private static final byte[] TYPES = section(1, "02 60 02 7f 7e 01 7c 60 01 7f 00");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] section(int id, String content) {
        byte[] bytes = hex(content);
        return concat(new byte[] {(byte) id, (byte) bytes.length}, bytes);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] module(byte[]... sections) {
        return concat(hex("0061736d01000000"), concat(sections));
    }

    @Test
    void readsImportsAndExportsOfEveryKind() {
        ModuleType type = ModuleTypeReader.read(module(
                TYPES,
                section(2, "05"
                        + "01 6d 01 66 00 00" // function m.f of type 0
                        + "01 6d 01 74 01 70 01 02 03" // table m.t of 2 to 3 funcref
                        + "01 6d 01 6d 02 00 07" // memory m.m of 7 pages
                        + "01 6d 01 67 03 7e 01" // mutable i64 m.g
                        + "01 6d 01 65 04 00 01"), // tag m.e of type 1
                section(7, "03 01 61 00 00 01 62 02 00 01 63 03 00")));

        FuncType function = new FuncType(List.of(ValType.Num.I32, ValType.Num.I64), List.of(ValType.Num.F64));
        assertEquals(
                List.of(
                        new ExternType.Func(function),
                        new ExternType.Table(
                                new TableType(ValType.Ref.FUNC, new Limits(2, OptionalLong.of(3), false))),
                        new ExternType.Memory(new MemoryType(new Limits(7, OptionalLong.empty(), false), false)),
                        new ExternType.Global(new GlobalType(ValType.Num.I64, true)),
                        new ExternType.Tag(new FuncType(List.of(ValType.Num.I32), List.of()))),
                type.imports().stream().map(ModuleType.Import::type).toList());
        assertEquals(List.of("a", "b", "c"), type.exports().stream().map(ModuleType.Export::name).toList());
        assertEquals(OptionalInt.of(1), type.exportIndex("b"));
        assertEquals(type.imports().get(3).type(), type.exports().get(2).type());
    }

    @Test
    void readsSixtyFourBitMemoriesAndTypedReferences() {
        ModuleType type = ModuleTypeReader.read(module(
                section(1, "01 4e 02 5f 01 7f 01 50 00 5e 78 00"), // rec: struct, open array of i8
                section(6, "01 63 01 00 d0 71 0b"),
                section(7, "01 01 67 03 00")));
        assertEquals(
                new ExternType.Global(new GlobalType(new ValType.Ref(true, new HeapType.Defined(1)), false)),
                type.exports().getFirst().type());

        ModuleType memory64 =
                ModuleTypeReader.read(module(section(5, "01 05 01 02"), section(7, "01 01 6d 02 00")));
        assertEquals(
                new ExternType.Memory(new MemoryType(new Limits(1, OptionalLong.of(2), true), false)),
                memory64.exports().getFirst().type());
    }

    @Test
    void refusesWhatRefersToNothing() {
        assertThrows(
                ModuleException.Invalid.class, () -> ModuleTypeReader.read(module(section(7, "01 01 67 03 00"))));
        assertThrows(
                ModuleException.Invalid.class,
                () -> ModuleTypeReader.read(module(section(2, "01 01 6d 01 66 00 00"))));
    }

    @Test
    void refusesDuplicateExportNames() {
        assertThrows(
                ModuleException.Invalid.class,
                () -> ModuleTypeReader.read(
                        module(section(5, "01 00 00"), section(7, "02 01 6d 02 00 01 6d 02 00"))));
    }

    @Test
    void refusesTruncatedAndOverlongContent() {
        assertThrows(ModuleException.Malformed.class, () -> ModuleTypeReader.read(new byte[0]));
        assertThrows(ModuleException.Malformed.class, () -> ModuleTypeReader.read(hex("0061736d0d000100")));
        assertThrows(
                ModuleException.Malformed.class, () -> ModuleTypeReader.read(module(section(5, "02 00 00"))));
        assertThrows(
                ModuleException.Malformed.class, () -> ModuleTypeReader.read(module(section(5, "01 00 00 00"))));
    }

    @Test
    void refusesHugeCountsWithoutAllocatingForThem() {
        assertThrows(
                ModuleException.Malformed.class,
                () -> ModuleTypeReader.read(module(section(1, "ff ff ff ff 07 60"))));
        assertThrows(
                ModuleException.Malformed.class, () -> ModuleTypeReader.read(module(hex("00 ff ff ff ff 0f"))));
    }

    @Test
    void findsTheNameSectionAndItsNames() {
        byte[] names = hex("00 03 02 6d 6d 01 07 02 00 01 66 05 01 67");
        byte[] binary = module(section(0, "04 6e 61 6d 65" + HexFormat.of().formatHex(names)));
        byte[] section = ModuleTypeReader.nameSection(binary).orElseThrow();
        assertArrayEquals(names, section);
        ModuleNames read = new ModuleNames(section);
        assertEquals(Optional.of("mm"), read.module());
        assertEquals(Optional.of("f"), read.function(0));
        assertEquals(Optional.empty(), read.function(1));
        assertEquals(Optional.of("g"), read.function(5));
        assertEquals(Optional.empty(), new ModuleNames(new byte[] {1, 127, 3}).function(0));
    }

    @Test
    void readsEveryValidModuleOfTheCoreSuite() throws IOException {
        Path core = core();
        Pattern valid = Pattern.compile(
                "\"type\":\"module(?:_definition)?\",\"line\":\\d+,(?:\"name\":\"[^\"]*\",)?\"filename\":\"([^\"]+\\.wasm)\"");
        int read = 0;
        try (Stream<Path> scripts = Files.list(core)) {
            for (Path folder : scripts.toList()) {
                String script = Files.readString(folder.resolve(folder.getFileName() + ".json"));
                for (var match : valid.matcher(script).results().toList()) {
                    byte[] binary = Files.readAllBytes(folder.resolve(match.group(1)));
                    try {
                        ModuleTypeReader.read(binary);
                    } catch (ModuleException e) {
                        throw new AssertionError(folder.getFileName() + "/" + match.group(1), e);
                    }
                    read++;
                }
            }
        }
        assertTrue(read > 1000, "only " + read + " modules found");
    }

    @Test
    void mutatedModulesGiveATypeOrAModuleException() throws IOException {
        Path core = core();
        Random random = new Random(42);
        for (String name : List.of("imports/imports.0.wasm", "linking/linking.0.wasm", "global/global.0.wasm",
                "table/table.10.wasm", "tag/tag.0.wasm", "elem/elem.0.wasm", "type-subtyping/type-subtyping.0.wasm")) {
            byte[] original = Files.readAllBytes(core.resolve(name));
            for (int round = 0; round < 5_000; round++) {
                byte[] mutant = original.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    mutant[8 + random.nextInt(Math.max(1, mutant.length - 8))] = (byte) random.nextInt();
                }
                if (random.nextInt(4) == 0) {
                    mutant = java.util.Arrays.copyOf(mutant, random.nextInt(mutant.length));
                }
                try {
                    ModuleTypeReader.read(mutant);
                } catch (ModuleException.Malformed | ModuleException.Invalid expected) {
                    // Either outcome is fine; any other exception fails the test.
                }
            }
        }
    }

    private static Path core() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path core = at.resolve("shared/conformance/core");
            if (Files.isDirectory(core)) {
                return core;
            }
        }
        assumeTrue(false, "skipped: there is no shared/conformance beside the checkout");
        throw new AssertionError();
    }
}
