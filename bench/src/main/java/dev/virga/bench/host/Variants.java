package dev.virga.bench.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.virga.component.ComponentLoader;
import dev.virga.component.binary.BinaryWriter;
import dev.virga.engine.BinaryReader;
import dev.virga.engine.nativecode.NativeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Components that differ, all made of one: {@code KIND COUNT FOLDER CACHE COMPONENT}. They are written to a folder and
 * compiled to a cache. Each has a custom section of its own, and {@code data}: another text in its data, or {@code
 * code}: a function more, which nobody calls, with constants of its own in its machine code.
 */
final class Variants {

    private static final int CORE_MODULE = 1;
    private static final int FUNCTIONS = 3;
    private static final int CODE = 10;
    private static final int DATA = 11;

    /** In the data of examples/http-api/api.wasm; the digits go where its last ones are. */
    private static final byte[] TEXT = "virga-example".getBytes(US_ASCII);

    private static final int DIGITS = 7;

    private final byte[] component;
    private final boolean otherCode;

    private Variants(byte[] component, boolean otherCode) {
        this.component = component;
        this.otherCode = otherCode;
    }

    static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        Variants variants = new Variants(Files.readAllBytes(Path.of(arguments[4])), switch (arguments[0]) {
            case "data" -> false;
            case "code" -> true;
            default -> throw new IllegalArgumentException("there is no kind " + arguments[0]);
        });
        int cached = 0;
        long nanos = 0;
        try (ComponentLoader loader = new ComponentLoader(new NativeEngine(Optional.of(Path.of(arguments[3]))))) {
            for (int i = 0; i < count; i++) {
                byte[] variant = variants.of(i);
                Files.write(folder.resolve("%05d.wasm".formatted(i)), variant);
                long begun = System.nanoTime();
                cached += loader.load(variant).cached() ? 1 : 0;
                nanos += System.nanoTime() - begun;
            }
        }
        System.out.printf("%d of %.1f KiB loaded one after the other in %.2f s, code of %d was in the cache%n",
                count, variants.component.length / 1024.0, nanos / 1e9, cached);
    }

    private byte[] of(int number) {
        BinaryReader in = new BinaryReader(component, 0, component.length);
        in.skip(8);
        BinaryWriter out = new BinaryWriter().bytes(component, 0, 8);
        boolean changed = false;
        while (!in.atEnd()) {
            int id = in.u8();
            int length = in.u32();
            int start = in.position();
            in.skip(length);
            boolean first = id == CORE_MODULE && !changed; // where tools put the program
            changed |= first;
            out.section(id, first ? module(start, start + length, number) : copied(start, start + length));
        }
        return out.section(0, new BinaryWriter().name("variant").u32(number)).toByteArray();
    }

    private BinaryWriter module(int start, int end, int number) {
        BinaryReader in = new BinaryReader(component, start, end);
        in.skip(8);
        BinaryWriter out = new BinaryWriter().bytes(component, start, start + 8);
        while (!in.atEnd()) {
            int id = in.u8();
            BinaryReader content = in.slice(in.u32());
            int from = content.position();
            out.section(id, switch (id) {
                case FUNCTIONS -> otherCode ? oneMore(content, in.position(), new byte[] {0}) : copied(from, in.position());
                case CODE -> otherCode ? oneMore(content, in.position(), body(number)) : copied(from, in.position());
                case DATA -> otherCode ? copied(from, in.position()) : text(from, in.position(), number);
                default -> copied(from, in.position());
            });
        }
        return out;
    }

    private BinaryWriter copied(int start, int end) {
        return new BinaryWriter().bytes(component, start, end);
    }

    /** A vector with one item more. */
    private BinaryWriter oneMore(BinaryReader content, int end, byte[] item) {
        int count = content.u32();
        return new BinaryWriter().u32(count + 1).bytes(component, content.position(), end).bytes(item);
    }

    /** A function of any type, which writes the number to memory and traps. */
    private static byte[] body(int number) {
        BinaryWriter body = new BinaryWriter().u8(0); // no locals
        body.u8(0x41).bytes(constant(number)).u8(0x41).bytes(constant(~number)).u8(0x36).u8(2).u8(0); // i32.store
        body.u8(0x00).u8(0x0b); // unreachable, end
        return new BinaryWriter().u32(body.size()).bytes(body.toByteArray()).toByteArray();
    }

    /** LEB128 of a signed number, as long as it can be. */
    private static byte[] constant(int value) {
        byte[] bytes = new byte[5];
        for (int i = 0; i < 5; i++) {
            bytes[i] = (byte) (value >> 7 * i & 0x7f | (i < 4 ? 0x80 : 0));
        }
        return bytes;
    }

    private BinaryWriter text(int start, int end, int number) {
        byte[] data = Arrays.copyOfRange(component, start, end);
        for (int i = 0; i + TEXT.length <= data.length; i++) {
            if (Arrays.equals(data, i, i + TEXT.length, TEXT, 0, TEXT.length)) {
                byte[] digits = ("%0" + DIGITS + "d").formatted(number).getBytes(US_ASCII);
                System.arraycopy(digits, 0, data, i + TEXT.length - DIGITS, DIGITS);
                return new BinaryWriter().bytes(data);
            }
        }
        throw new IllegalArgumentException("the component has no text " + new String(TEXT, US_ASCII) + " in its data");
    }
}
