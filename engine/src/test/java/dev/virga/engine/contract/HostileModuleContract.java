package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.CoreModule;
import dev.virga.engine.ExternType;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Modules that are broken, huge, or made to hurt the compiler. */
@Timeout(120)
public abstract class HostileModuleContract extends EngineContract {

    /** How long the mutation test runs; more with {@code -Dvirga.fuzz.seconds=…}. */
    private static final int SECONDS = Integer.getInteger("virga.fuzz.seconds", 5);

    /** A function that makes a struct. */
    protected static final byte[] MAKES_A_STRUCT =
            module("01 08 02 5f 00 60 00 01 64 00  03 02 01 01  0a 07 01 05 00 fb 00 00 0b");
    /** A global whose initial value is an array. */
    protected static final byte[] MAKES_AN_ARRAY = module("01 04 01 5e 7f 00  06 0a 01 64 00 00 41 01 fb 07 00 0b");

    @Test
    void mutatedModulesCompileOrAreRefused() {
        Random random = new Random(7);
        List<byte[]> originals = List.of(
                Guest.binary("calls"), Guest.binary("traps"), Guest.binary("memory"),
                Guest.binary("exceptions"), Guest.binary("tailcalls"), Guest.binary("caller"));
        int refused = 0;
        int accepted = 0;
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            byte[] mutant = mutated(originals.get(random.nextInt(originals.size())), random);
            try {
                CoreModule module = engine.compile(mutant);
                accepted++;
                instantiate(module);
            } catch (ModuleException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(HexFormat.of().formatHex(mutant), e);
            }
        }
        assertTrue(refused > 0 && accepted > 0, refused + " refused, " + accepted + " accepted");
    }

    private void instantiate(CoreModule module) {
        try (Store own = engine.newStore(Limiter.UNLIMITED)) {
            boolean functionsOnly =
                    module.type().imports().stream().allMatch(i -> i.type() instanceof ExternType.Func);
            if (functionsOnly) {
                Guest.of(module, own, Map.of());
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
    void hugeMemoriesAreRefused() {
        try (Store limited = engine.newStore(new Budget(1L << 30))) {
            CoreModule pages65536 = engine.compile(module("05 05 01 00 80 80 04"));
            Trap trap = assertThrows(Trap.class, () -> pages65536.instantiate(limited, List.of()));
            assertEquals(Trap.Kind.OUT_OF_MEMORY, trap.kind());
            byte[] pages65537 = module("05 05 01 00 81 80 04");
            assertThrows(ModuleException.Invalid.class, () -> engine.compile(pages65537));
        }
    }

    /** When it is compiled or when it is instantiated: both are allowed (core specification, "Implementation Limitations"). */
    @Test
    void hugeTablesAreRefused() {
        byte[] elements10000001 = module("04 07 01 70 00 81 ad e2 04");
        RuntimeException refused = assertThrows(RuntimeException.class,
                () -> engine.compile(elements10000001).instantiate(store, List.of()));
        assertTrue(
                refused instanceof ModuleException.Unsupported
                        || refused instanceof Trap trap && trap.kind() == Trap.Kind.OUT_OF_MEMORY,
                refused.toString());
    }

    @Test
    void garbageCollectedObjectsAreRefused() {
        assertThrows(ModuleException.Unsupported.class, () -> engine.compile(MAKES_A_STRUCT));
        assertThrows(ModuleException.Unsupported.class, () -> engine.compile(MAKES_AN_ARRAY));
    }

    @Test
    void hugeNumbersOfLocalsAreRefused() {
        byte[] binary = module("010401600000 03020100 0a0a010801ffffffff0f7f0b");
        assertThrows(ModuleException.class, () -> engine.compile(binary));
    }

    @Test
    void deeplyNestedBlocksAreCompiledOrRefused() {
        for (int depth : new int[] {100, 10_000, 200_000}) {
            byte[] module = nested(depth);
            try {
                engine.compile(module);
            } catch (ModuleException e) {
                assertTrue(depth > 100, e.getMessage());
            }
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("0061736d01000000" + "010401600000" + "03020100"));
        out.write(10);
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(1);
        unsigned(code, body.length);
        code.writeBytes(body);
        unsigned(out, code.size());
        out.writeBytes(code.toByteArray());
        return out.toByteArray();
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
