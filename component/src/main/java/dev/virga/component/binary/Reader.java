package dev.virga.component.binary;

import dev.virga.component.ComponentException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A bounds-checked cursor over a part of a binary. Every error names the offset and the section.
 */
final class Reader {

    /** As engines of browsers have it. */
    private static final int MAX_NAME = 100_000;

    private final byte[] bytes;
    private final int end;
    private final String where;
    private final Budget budget;
    private int position;

    /** @param where the place in words, for example {@code in the type section} */
    Reader(byte[] bytes, int start, int end, String where, Budget budget) {
        this.budget = budget;
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.where = where;
    }

    /** Reads one element of a vector. */
    interface Element<T> {
        T read();
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return position == end;
    }

    ComponentException.Malformed malformed(String what) {
        return malformed(what, position);
    }

    ComponentException.Malformed malformed(String what, int offset) {
        return new ComponentException.Malformed(what, offset, where);
    }

    ComponentException.Invalid invalid(String what, int offset) {
        return new ComponentException.Invalid(what, offset, where);
    }

    ComponentException.Unsupported unsupported(String what, int offset) {
        return new ComponentException.Unsupported(what, offset, where);
    }

    /** The error for a byte just read that means nothing here. */
    ComponentException.Malformed unexpected(int value, String what) {
        return malformed("invalid leading byte 0x" + Integer.toHexString(value) + " for " + what, position - 1);
    }

    int u8() {
        if (position >= end) {
            throw malformed("unexpected end");
        }
        return bytes[position++] & 0xff;
    }

    int peek() {
        int value = u8();
        position--;
        return value;
    }

    /** A flag: 0 or 1. */
    boolean flag(String what) {
        int value = u8();
        if (value > 1) {
            throw unexpected(value, what);
        }
        return value == 1;
    }

    void expect(int value, String what) {
        int found = u8();
        if (found != value) {
            throw unexpected(found, what);
        }
    }

    /** A u32; what does not fit an int comes back negative. */
    int u32() {
        return (int) leb(32, false);
    }

    long unsigned(int bits) {
        return leb(bits, false);
    }

    /** A non-negative s33: how a type index is told from the negative type codes. */
    int typeIndex() {
        int start = position;
        long value = leb(33, true);
        if (value < 0) {
            throw malformed("invalid leading byte 0x" + Integer.toHexString(bytes[start] & 0xff) + " for a type", start);
        }
        return (int) value;
    }

    long signed(int bits) {
        return leb(bits, true);
    }

    /** LEB128 of at most {@code bits} bits; unused bits must repeat the sign, or be 0 if unsigned. */
    private long leb(int bits, boolean signed) {
        int start = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            boolean more = (b & 0x80) != 0;
            int left = bits - shift;
            if (left <= 7) {
                int rest = b & 0x7f;
                int high = signed ? (byte) (rest << 1) >> left : rest >> left;
                if (more) {
                    throw malformed("integer representation too long", start);
                }
                if (high != 0 && !(signed && high == -1)) {
                    throw malformed("integer too large", start);
                }
            }
            if (!more) {
                int used = shift + 7;
                return signed && used < 64 ? value << 64 - used >> 64 - used : value;
            }
        }
    }

    /** A length in bytes that fits in what is left. */
    int size() {
        int start = position;
        int size = u32();
        if (size < 0 || size > end - position) {
            throw malformed("unexpected end: a length of " + Integer.toUnsignedString(size) + " bytes, but only "
                    + (end - position) + " are left", start);
        }
        return size;
    }

    /** A vector. Each element takes at least one byte, so its length is bounded by what is left. */
    <T> List<T> vector(Element<T> element) {
        int count = size();
        charge(count);
        List<T> list = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            list.add(element.read());
        }
        return list;
    }

    /** Counts elements of the binary. */
    void charge(int elements) {
        if (!budget.take(elements)) {
            throw malformed("more than " + Budget.MAX_ELEMENTS + " elements and sections in one binary");
        }
    }

    /** A {@code core:name}: UTF-8 with its length. */
    String name() {
        int start = position;
        String name = text();
        if (position - start > MAX_NAME) {
            throw malformed("a name is longer than the limit of " + MAX_NAME + " bytes", start);
        }
        return name;
    }

    /** UTF-8 with its length. */
    String text() {
        return utf8(size());
    }

    /** One character in UTF-8. */
    void character() {
        int first = peek();
        int size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (size > end - position) {
            throw malformed("unexpected end");
        }
        utf8(size);
    }

    private String utf8(int size) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, size)).toString();
            position += size;
            return text;
        } catch (CharacterCodingException e) {
            throw malformed("malformed UTF-8 encoding");
        }
    }

    /** A cursor over the next {@code size} bytes, which this one skips. */
    Reader slice(int size, String place) {
        Reader slice = new Reader(bytes, position, position + size, place, budget);
        position += size;
        return slice;
    }

    /** Refuses bytes left over. */
    void finish() {
        if (!atEnd()) {
            throw malformed((end - position) + " unexpected bytes at the end of the section");
        }
    }
}
