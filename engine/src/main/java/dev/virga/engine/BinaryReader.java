package dev.virga.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A bounds-checked cursor over a module's bytes (core specification, section 5.2). */
public final class BinaryReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    public BinaryReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    public int position() {
        return position;
    }

    public boolean atEnd() {
        return position == end;
    }

    public ModuleException.Malformed malformed(String what) {
        return new ModuleException.Malformed(what + " (at offset 0x" + Integer.toHexString(position) + ")");
    }

    public ModuleException.Invalid invalid(String what) {
        return new ModuleException.Invalid(what + " (at offset 0x" + Integer.toHexString(position) + ")");
    }

    public int u8() {
        if (position >= end) {
            throw malformed("unexpected end");
        }
        return bytes[position++] & 0xff;
    }

    public int peek() {
        if (position >= end) {
            throw malformed("unexpected end");
        }
        return bytes[position] & 0xff;
    }

    public void skip(int count) {
        if (count < 0 || count > end - position) {
            throw malformed("unexpected end");
        }
        position += count;
    }

    /** An index or count that fits in 31 bits; a larger one cannot be right in an array of bytes. */
    public int u32() {
        long value = unsigned(32);
        if (value > Integer.MAX_VALUE) {
            throw malformed("number " + value + " is too large for this module");
        }
        return (int) value;
    }

    /** A vector's length: each element takes a byte at least, so more than what is left is wrong. */
    public int count() {
        long value = unsigned(32);
        if (value > end - position) {
            throw malformed("unexpected end: a vector of " + value + " elements does not fit");
        }
        return (int) value;
    }

    /** An unsigned LEB128 number of at most {@code bits} bits. */
    public long unsigned(int bits) {
        long result = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            int left = bits - shift;
            if (left < 7 && (b & 0x7f) >>> left != 0) {
                throw malformed("integer too large");
            }
            result |= (long) (b & 0x7f) << shift;
            if ((b & 0x80) == 0) {
                return result;
            }
            if (left <= 7) {
                throw malformed("integer representation too long");
            }
        }
    }

    /** A signed LEB128 number of at most {@code bits} bits. */
    public long signed(int bits) {
        long result = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            int left = bits - shift;
            result |= (long) (b & 0x7f) << shift;
            if (left < 7) {
                int sign = (byte) (b << 1) >> left;
                if (sign != 0 && sign != -1) {
                    throw malformed("integer too large");
                }
            }
            if ((b & 0x80) == 0) {
                int used = shift + 7;
                return used >= 64 ? result : result << (64 - used) >> (64 - used);
            }
            if (left <= 7) {
                throw malformed("integer representation too long");
            }
        }
    }

    public String name() {
        int length = count();
        try {
            String name = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length)).toString();
            position += length;
            return name;
        } catch (CharacterCodingException e) {
            throw malformed("malformed UTF-8 encoding");
        }
    }

    /** A reader of the next {@code length} bytes, which this one skips. */
    public BinaryReader slice(int length) {
        int from = position;
        skip(length);
        return new BinaryReader(bytes, from, position);
    }

    /**
     * Skips a constant expression (core specification, section 3.4.11).
     *
     * @param globals how many globals it can refer to
     */
    public void skipConstantExpression(int globals) {
        while (true) {
            switch (u8()) {
                case 0x0b -> {
                    return;
                }
                case 0x23 -> {
                    int global = u32();
                    if (global >= globals) {
                        throw invalid("unknown global " + global);
                    }
                }
                case 0xd2 -> u32();
                case 0x41 -> signed(32);
                case 0x42 -> signed(64);
                case 0x43 -> skip(4);
                case 0x44 -> skip(8);
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {}
                case 0xd0 -> signed(33);
                case 0xfb -> skipGcInstruction();
                case 0xfd -> {
                    if (u32() != 12) {
                        throw invalid("constant expression required");
                    }
                    skip(16);
                }
                default -> throw invalid("constant expression required");
            }
        }
    }

    private void skipGcInstruction() {
        switch (u32()) {
            case 0, 1, 6, 7 -> u32();
            case 8 -> {
                u32();
                u32();
            }
            case 26, 27, 28 -> {}
            default -> throw invalid("constant expression required");
        }
    }
}
