package dev.virga.component.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes binaries by hand. */
public final class Bytes {

    public static final int TYPES = 7;
    public static final int IMPORTS = 10;
    public static final int EXPORTS = 11;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Bytes as they are. */
    public static Bytes of(int... bytes) {
        Bytes result = new Bytes();
        for (int b : bytes) {
            result.out.write(b);
        }
        return result;
    }

    /** Bytes as they are. */
    public static Bytes of(byte[] bytes) {
        Bytes result = new Bytes();
        result.out.writeBytes(bytes);
        return result;
    }

    /** The header of a component, to be followed by sections. */
    public static Bytes component() {
        return of(0, 'a', 's', 'm', 0x0d, 0, 1, 0);
    }

    /** The header of a core module. */
    public static Bytes module() {
        return of(0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    public Bytes then(int... bytes) {
        return then(of(bytes));
    }

    public Bytes then(Bytes more) {
        out.writeBytes(more.array());
        return this;
    }

    public Bytes u32(long value) {
        long left = value;
        while (left >= 0x80) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    /** A type index where a value type is expected: a signed LEB128. */
    public Bytes index(int value) {
        int left = value;
        while (left >= 0x40) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
        return this;
    }

    public Bytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** A section that holds a vector of {@code count} items. */
    public Bytes section(int id, int count, Bytes items) {
        return section(id, new Bytes().u32(count).then(items));
    }

    public Bytes section(int id, Bytes content) {
        out.write(id);
        u32(content.out.size());
        return then(content);
    }

    public byte[] array() {
        return out.toByteArray();
    }
}
