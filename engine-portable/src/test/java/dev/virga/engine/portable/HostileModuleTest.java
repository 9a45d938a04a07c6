package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HostileModuleTest {

    /** How long the mutation test runs; more with {@code -Dvirga.fuzz.seconds=…}. */
    private static final int SECONDS = Integer.getInteger("virga.fuzz.seconds", 5);

    @Test
    void mutatedModulesCompileOrAreRefused() {
        Random random = new Random(7);
        List<byte[]> originals = List.of(
                Guest.binary("calls"), Guest.binary("traps"), Guest.binary("memory"),
                Guest.binary("exceptions"), Guest.binary("tailcalls"), Guest.binary("caller"));
        int refused = 0;
        int accepted = 0;
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        try (PortableEngine engine = new PortableEngine(Optional.empty())) {
            while (System.nanoTime() < end) {
                byte[] mutant = mutated(originals.get(random.nextInt(originals.size())), random);
                try {
                    CoreModule module = engine.compile(mutant);
                    accepted++;
                    instantiate(engine, module);
                } catch (ModuleException e) {
                    refused++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(HexFormat.of().formatHex(mutant), e);
                }
            }
        }
        assertTrue(refused > 0 && accepted > 0, refused + " refused, " + accepted + " accepted");
    }

    private static void instantiate(PortableEngine engine, CoreModule module) {
        try (Store store = engine.newStore(Limiter.UNLIMITED)) {
            boolean functionsOnly = module.type().imports().stream()
                    .allMatch(i -> i.type() instanceof dev.virga.engine.ExternType.Func);
            if (functionsOnly) {
                Guest.of(module, store, Map.of());
            }
        } catch (Trap e) {
            // A segment out of bounds, or more memory than there may be.
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] mutant = original.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            int at = 8 + random.nextInt(mutant.length - 8);
            mutant[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (mutant[at] ^ 1 << random.nextInt(8));
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
    }

    private static byte[] module(String sections) {
        return HexFormat.of().parseHex(("0061736d01000000" + sections).replace(" ", ""));
    }

    @Test
    void hugeMemoriesAndTablesAreRefused() {
        Limiter gibibyte = new Limiter() {
            @Override
            public boolean reserve(long bytes) {
                return bytes <= 1L << 30;
            }

            @Override
            public void release(long bytes) {}
        };
        try (PortableEngine engine = new PortableEngine(Optional.empty());
                Store store = engine.newStore(gibibyte)) {
            CoreModule pages65536 = engine.compile(module("05 05 01 00 80 80 04"));
            Trap trap = assertThrows(Trap.class, () -> pages65536.instantiate(store, List.of()));
            assertEquals(Trap.Kind.OUT_OF_MEMORY, trap.kind());
            byte[] pages65537 = module("05 05 01 00 81 80 04");
            assertThrows(ModuleException.Invalid.class, () -> engine.compile(pages65537));
            byte[] elements10000001 = module("04 07 01 70 00 81 ad e2 04");
            assertThrows(ModuleException.Unsupported.class, () -> engine.compile(elements10000001));
        }
    }

    @Test
    void garbageCollectedObjectsAreRefusedUnlessAllowed() {
        byte[] binary = module("01 08 02 5f 00 60 00 01 64 00  03 02 01 01  0a 07 01 05 00 fb 00 00 0b");
        try (PortableEngine engine = new PortableEngine(Optional.empty());
                PortableEngine allowing = PortableEngine.withGarbageCollection(Optional.empty())) {
            allowing.compile(binary);
            ModuleException.Unsupported refused =
                    assertThrows(ModuleException.Unsupported.class, () -> engine.compile(binary));
            assertTrue(refused.getMessage().contains("STRUCT_NEW in function 0"), refused.getMessage());
        }
    }

    @Test
    void garbageCollectedObjectsInConstantsAreRefusedUnlessAllowed() {
        byte[] binary = module("01 04 01 5e 7f 00  06 0a 01 64 00 00 41 01 fb 07 00 0b");
        try (PortableEngine engine = new PortableEngine(Optional.empty());
                PortableEngine allowing = PortableEngine.withGarbageCollection(Optional.empty())) {
            allowing.compile(binary);
            ModuleException.Unsupported refused =
                    assertThrows(ModuleException.Unsupported.class, () -> engine.compile(binary));
            assertTrue(refused.getMessage().contains("ARRAY_NEW_DEFAULT in a constant"), refused.getMessage());
        }
    }

    @Test
    void hugeNumbersOfLocalsAreRefused() {
        byte[] binary = module("010401600000 03020100 0a0a010801ffffffff0f7f0b");
        try (PortableEngine engine = new PortableEngine(Optional.empty())) {
            assertThrows(ModuleException.class, () -> engine.compile(binary));
        }
    }

    @Test
    void deeplyNestedBlocksAreCompiledOrRefused() {
        for (int depth : new int[] {100, 10_000, 200_000}) {
            byte[] module = nested(depth);
            try (PortableEngine engine = new PortableEngine(Optional.empty())) {
                engine.compile(module);
            } catch (ModuleException e) {
                assertTrue(depth > 100, e.getMessage());
            }
        }
    }

    @Test
    void codeThatTheJvmRefusesIsRefusedInWords() {
        // (func (param i32) local.get 0 (block local.get 0 br_if 1 nop) drop (if (local.get 0) (then nop)))
        byte[] module = HexFormat.of().parseHex("0061736d01000000" + "01050160017f00" + "03020100"
                + "07050101660000" + "0a150113002000024020000d01010b1a20000440010b0b");
        try (PortableEngine engine = new PortableEngine(Optional.empty());
                Store store = engine.newStore(Limiter.UNLIMITED)) {
            Guest guest = Guest.of(engine.compile(module), store, Map.of());
            assertThrows(ModuleException.Unsupported.class, () -> guest.call("f", 1));
        }
    }

    private static byte[] nested(int depth) {
        byte[] body = new byte[1 + 2 * depth + depth + 1];
        int at = 1;
        for (int i = 0; i < depth; i++) {
            body[at++] = 0x02;
            body[at++] = 0x40;
        }
        Arrays.fill(body, at, body.length, (byte) 0x0b);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("0061736d01000000" + "010401600000" + "03020100"));
        out.write(10);
        java.io.ByteArrayOutputStream code = new java.io.ByteArrayOutputStream();
        code.write(1);
        unsigned(code, body.length);
        code.writeBytes(body);
        unsigned(out, code.size());
        out.writeBytes(code.toByteArray());
        return out.toByteArray();
    }

    private static void unsigned(java.io.ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
