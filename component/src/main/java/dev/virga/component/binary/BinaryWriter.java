package dev.virga.component.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writes the atoms of the binary format; lengths and integers come out as short as they can be. */
public final class BinaryWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public BinaryWriter u8(int value) {
        out.write(value);
        return this;
    }

    /** A u32; a negative int stands for what is above 2³¹, as when it is read. */
    public BinaryWriter u32(int value) {
        return unsigned(Integer.toUnsignedLong(value));
    }

    /** LEB128 of an unsigned integer. */
    public BinaryWriter unsigned(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        return u8((int) left);
    }

    /** A type index where type codes, which are negative, could stand as well; an unsigned int, as in {@link #u32}. */
    public BinaryWriter s33(int index) {
        long left = Integer.toUnsignedLong(index);
        while ((left & ~0x3fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        return u8((int) left);
    }

    /** UTF-8 with its length. */
    public BinaryWriter name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).bytes(utf8);
    }

    public BinaryWriter bytes(byte... bytes) {
        return bytes(bytes, 0, bytes.length);
    }

    public BinaryWriter bytes(byte[] bytes, int start, int end) {
        out.write(bytes, start, end - start);
        return this;
    }

    public <T> BinaryWriter vector(List<T> items, Consumer<? super T> writer) {
        u32(items.size());
        items.forEach(writer);
        return this;
    }

    /** What another one holds, behind an id and its length. */
    public BinaryWriter section(int id, BinaryWriter content) {
        u8(id).u32(content.size());
        return bytes(content.toByteArray());
    }

    public int size() {
        return out.size();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
