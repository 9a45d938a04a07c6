package dev.virga.component.abi;

import dev.virga.component.binary.CanonDef.StringEncoding;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Lowers strings without changing their encoding: {@code store_string_copy}. That is all that strings
 * of the host need, for the host may say that it holds them in the guest's encoding.
 */
final class StringLower {

    static final long UTF16_TAG = 1L << 31;

    private StringLower() {}

    /** @throws IllegalArgumentException if the string is no sequence of Unicode scalar values */
    static long lower(Lower out, String value) {
        if (out.context().encoding() == StringEncoding.UTF8) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            checkEncoded(value, bytes);
            return lowerUtf8(out, bytes);
        }
        if (out.context().encoding() == StringEncoding.LATIN1_UTF16 && isLatin1(value)) {
            return lowerLatin1(out, value);
        }
        checkPaired(value);
        return lowerUtf16(out, value);
    }

    static long lowerUtf8(Lower out, byte[] bytes) {
        long pointer = out.allocate(1, bytes.length);
        copy(out, bytes, 0, bytes.length, pointer);
        return RangeCodec.range(pointer, bytes.length);
    }

    static long lowerLatin1(Lower out, String value) {
        long pointer = out.allocate(2, value.length());
        copy(out, value.getBytes(StandardCharsets.ISO_8859_1), 0, value.length(), pointer);
        return RangeCodec.range(pointer, value.length());
    }

    static long lowerUtf16(Lower out, String value) {
        long pointer = out.allocate(2, 2L * value.length());
        copyUtf16(out, value, pointer);
        boolean tagged = out.context().encoding() == StringEncoding.LATIN1_UTF16;
        return RangeCodec.range(pointer, tagged ? value.length() | UTF16_TAG : value.length());
    }

    /** Copies a part of the bytes of a string that begins at a pointer. */
    static void copy(Lower out, byte[] bytes, int from, int to, long pointer) {
        MemorySegment.copy(bytes, from, out.memory(), LittleEndian.BYTE, pointer + from, to - from);
    }

    static void copyUtf16(Lower out, String value, long pointer) {
        char[] chars = value.toCharArray();
        MemorySegment.copy(chars, 0, out.memory(), LittleEndian.CHAR, pointer, chars.length);
    }

    /** Whether all characters are below U+0100. */
    static boolean isLatin1(String value) {
        return firstWide(value) == value.length();
    }

    /** The position of the first character above U+00FF, or the length. */
    static int firstWide(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xFF) {
                return i;
            }
        }
        return value.length();
    }

    private static void checkEncoded(String value, byte[] bytes) {
        // The JDK writes a question mark for an unpaired surrogate. For ASCII the comparison is an
        // intrinsic, faster than a look at each character.
        if (bytes.length != value.length()
                || !value.equals(new String(bytes, StandardCharsets.ISO_8859_1))) {
            checkPaired(value);
        }
    }

    private static void checkPaired(String value) {
        int unpaired = StringLift.unpaired(value);
        if (unpaired >= 0) {
            throw new IllegalArgumentException("a Java string has an unpaired surrogate at position " + unpaired
                    + "; component strings are sequences of Unicode scalar values");
        }
    }
}
