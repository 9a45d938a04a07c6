package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import dev.virga.engine.contract.Guest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Modules that differ in their data share their code in memory, and large ones on disk. */
@ExtendWith(NeedsNativeEngine.class)
class CodeStoreTest {

    private static final int SIZE = CodeStore.LARGE + 1000;

    @TempDir
    private Path cache;

    private static byte[] module(int constant, int last, int segments) {
        return module(SIZE, constant, last, segments);
    }

    /**
     * A module whose function {@code f} gives the last byte of its data, plus a constant below 64.
     *
     * @param size of the first segment
     * @param segments how many there are; those behind the first are empty
     */
    private static byte[] module(int size, int constant, int last, int segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("0061736d01000000"));
        section(out, 1, hex("0160 00 01 7f"));
        section(out, 3, hex("0100"));
        section(out, 5, hex("0100 20"));
        section(out, 7, hex("01 01 66 00 00"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(hex("00 41"));
        leb(body, size - 1);
        body.writeBytes(hex("2d0000 41"));
        body.write(constant);
        body.writeBytes(hex("6a 0b"));
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(1);
        leb(code, body.size());
        code.writeBytes(body.toByteArray());
        section(out, 10, code.toByteArray());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(segments);
        data.writeBytes(hex("00 4100 0b"));
        leb(data, size);
        byte[] bytes = new byte[size];
        bytes[size - 1] = (byte) last;
        data.writeBytes(bytes);
        for (int i = 1; i < segments; i++) {
            data.writeBytes(hex("00 4100 0b 00"));
        }
        section(out, 11, data.toByteArray());
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        leb(out, content.length);
        out.writeBytes(content);
    }

    /** Signed and unsigned alike: the bit of the sign is 0. */
    private static void leb(ByteArrayOutputStream out, int value) {
        for (int left = value; ; left >>>= 7) {
            if (left < 0x40) {
                out.write(left);
                return;
            }
            out.write(left & 0x7f | 0x80);
        }
    }

    private Object run(byte[] module) {
        try (NativeEngine engine = new NativeEngine(Optional.of(cache));
                Store store = engine.newStore(Limiter.UNLIMITED)) {
            return Guest.of(engine.compile(module), store, Map.of()).call("f");
        }
    }

    private long entries() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.count();
        }
    }

    @Test
    void otherDataRunsTheSameCode() throws IOException {
        assertEquals(7, run(module(2, 5, 1)));
        assertEquals(2, entries());
        assertEquals(11, run(module(2, 9, 1)));
        assertEquals(3, entries());
        assertEquals(7, run(module(2, 5, 1)));
        assertEquals(11, run(module(2, 9, 1)));
        assertEquals(3, entries());
    }

    @Test
    void otherCodeAndOtherSegmentsAreCompiled() throws IOException {
        assertEquals(7, run(module(2, 5, 1)));
        assertEquals(8, run(module(3, 5, 1)));
        assertEquals(4, entries());
        assertEquals(7, run(module(2, 5, 2)));
        assertEquals(6, entries());
    }

    @Test
    void whatIsLoadedSharesItsCodeAndNothingElse() throws IOException {
        try (NativeEngine engine = new NativeEngine(Optional.of(cache));
                Store store = engine.newStore(Limiter.UNLIMITED)) {
            NativeModule one = (NativeModule) engine.compile(module(2, 5, 1));
            try (Stream<Path> files = Files.list(cache)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            NativeModule other = (NativeModule) engine.compile(module(2, 9, 1));
            assertEquals(one.address(), other.address());
            assertEquals(1, entries()); // the other's plan
            assertEquals(7, Guest.of(one, store, Map.of()).call("f"));
            assertEquals(11, Guest.of(other, store, Map.of()).call("f"));
            assertNotEquals(one.address(), ((NativeModule) engine.compile(named(module(2, 9, 1)))).address());
            assertNotEquals(one.address(), ((NativeModule) engine.compile(module(3, 5, 1))).address());
        }
    }

    @Test
    void smallOnesShareTheirCodeInMemoryToo() throws IOException {
        run(module(100, 2, 5, 1));
        try (NativeEngine engine = new NativeEngine(Optional.of(cache));
                Store store = engine.newStore(Limiter.UNLIMITED)) {
            NativeModule fromDisk = (NativeModule) engine.compile(module(100, 2, 5, 1));
            NativeModule compiled = (NativeModule) engine.compile(module(100, 2, 9, 1));
            assertEquals(2, entries());
            assertEquals(fromDisk.address(), compiled.address());
            assertEquals(fromDisk.address(), ((NativeModule) engine.compile(module(100, 2, 5, 1))).address());
            assertEquals(7, Guest.of(fromDisk, store, Map.of()).call("f"));
            assertEquals(11, Guest.of(compiled, store, Map.of()).call("f"));
            assertNotEquals(fromDisk.address(), ((NativeModule) engine.compile(module(100, 3, 5, 1))).address());
        }
    }

    /** With a name section, which backtraces need. */
    private static byte[] named(byte[] module) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(module);
        section(out, 0, hex("04 6e616d65 00 02 01 6d"));
        return out.toByteArray();
    }

    @Test
    void dataThatIsMalformedIsRefused() {
        assertEquals(7, run(module(2, 5, 1)));
        byte[] whole = module(2, 5, 1);
        assertThrows(ModuleException.class, () -> run(Arrays.copyOf(whole, whole.length - 1)));
        whole[whole.length - SIZE - 8] = 5; // of one segment it becomes one of an unknown kind
        assertThrows(ModuleException.class, () -> run(whole));
    }

    @Test
    void codeThatIsGoneIsCompiledAgain() throws IOException {
        assertEquals(7, run(module(2, 5, 1)));
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {1});
                assertEquals(7, run(module(2, 5, 1)));
            }
        }
        assertEquals(2, entries());
    }
}
