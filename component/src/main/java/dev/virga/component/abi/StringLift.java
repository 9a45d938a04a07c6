package dev.virga.component.abi;

import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Lifts strings: {@code load_string_from_range}. */
final class StringLift {

    private static final int UTF16_TAG = 1 << 31;
    private static final char REPLACEMENT = '\uFFFD';
    private static final int CHUNK = 8192;
    private static final int SURROGATE_BITS = 0xF800;

    private StringLift() {}

    static String lift(Lift in, int pointer, int length) {
        return switch (in.context().encoding()) {
            case UTF8 -> utf8(in, pointer, Integer.toUnsignedLong(length));
            case UTF16 -> utf16(in, pointer, Integer.toUnsignedLong(length));
            case LATIN1_UTF16 -> isCompact(length)
                    ? latin1(in, pointer, length)
                    : utf16(in, pointer, length ^ UTF16_TAG);
        };
    }

    static HintedString liftHinted(Lift in, int pointer, int length) {
        String value = lift(in, pointer, length);
        return switch (in.context().encoding()) {
            case UTF8 -> new HintedString(value, in.context().encoding(), false, length);
            case UTF16 -> new HintedString(value, in.context().encoding(), false, length);
            case LATIN1_UTF16 -> new HintedString(
                    value, in.context().encoding(), isCompact(length), length & ~UTF16_TAG);
        };
    }

    private static boolean isCompact(int length) {
        return (length & UTF16_TAG) == 0;
    }

    private static String utf8(Lift in, int pointer, long length) {
        byte[] bytes = bytes(in, pointer, length, 1, 2);
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        // The JDK replaces what is malformed; only a string with a replacement needs a second look.
        if (decoded.indexOf(REPLACEMENT) >= 0) {
            checkUtf8(bytes);
        }
        return decoded;
    }

    private static void checkUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer decoded = CharBuffer.allocate(Math.min(bytes.length, CHUNK));
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(left, decoded.clear(), true);
        }
        if (result.isError()) {
            int lead = left.get(left.position()) & 0xFF;
            int needed = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            boolean cut = result.length() == left.remaining() && left.remaining() < needed;
            throw malformed(cut ? "incomplete utf-8 byte sequence" : "invalid utf-8", left.position());
        }
    }

    private static String latin1(Lift in, int pointer, int length) {
        return new String(bytes(in, pointer, length, 2, 1), StandardCharsets.ISO_8859_1);
    }

    /** @param held how many bytes of Java heap a byte may become */
    private static byte[] bytes(Lift in, int pointer, long length, int alignment, int held) {
        long address = checked(in, pointer, length, alignment);
        in.charge(held * length);
        byte[] bytes = new byte[(int) length];
        MemorySegment.copy(in.memory(), LittleEndian.BYTE, address, bytes, 0, bytes.length);
        return bytes;
    }

    private static String utf16(Lift in, int pointer, long length) {
        long address = checked(in, pointer, 2 * length, 2);
        in.charge(2 * length);
        char[] chars = new char[(int) length];
        MemorySegment.copy(in.memory(), LittleEndian.CHAR, address, chars, 0, chars.length);
        int surrogates = 0;
        for (char c : chars) {
            surrogates |= (c & SURROGATE_BITS) == Character.MIN_SURROGATE ? 1 : 0;
        }
        if (surrogates != 0) {
            int unpaired = unpaired(CharBuffer.wrap(chars));
            if (unpaired >= 0) {
                throw malformed("unpaired surrogate, invalid utf-16", 2 * unpaired);
            }
        }
        return new String(chars);
    }

    private static long checked(Lift in, int pointer, long byteLength, int alignment) {
        if (byteLength > Lift.MAX_BYTE_LENGTH) {
            throw Lift.trap("string content out-of-bounds: " + byteLength + " bytes are more than a string may have");
        }
        return in.check("string", pointer, byteLength, alignment);
    }

    /** The position of the first surrogate without its partner, or −1. */
    static int unpaired(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static Trap malformed(String message, int at) {
        return Lift.trap(message + " at byte " + at + " of a string");
    }
}
