package dev.virga.component.abi;

import dev.virga.component.binary.CanonDef.StringEncoding;
import java.nio.charset.StandardCharsets;

/**
 * Lowers strings that come from another component: {@code store_string_into_range}. Guests can see
 * each call of {@code realloc}, so these follow the specification to the letter.
 */
final class StringTranscode {

    private StringTranscode() {}

    static long lower(Lower out, HintedString source) {
        StringEncoding from = source.encoding();
        return switch (out.context().encoding()) {
            case UTF8 -> switch (from) {
                case UTF8 -> StringLower.lowerUtf8(out, source.value().getBytes(StandardCharsets.UTF_8));
                case UTF16 -> toUtf8(out, source, 3);
                case LATIN1_UTF16 -> toUtf8(out, source, source.compact() ? 2 : 3);
            };
            case UTF16 -> from == StringEncoding.UTF8
                    ? utf8ToUtf16(out, source)
                    : StringLower.lowerUtf16(out, source.value());
            case LATIN1_UTF16 -> {
                if (from != StringEncoding.LATIN1_UTF16) {
                    yield toCompact(out, source);
                }
                yield source.compact()
                        ? StringLower.lowerLatin1(out, source.value())
                        : wideToCompact(out, source.value());
            }
        };
    }

    /** {@code store_string_to_utf8}: one byte for each code unit first, the worst case if that fails. */
    private static long toUtf8(Lower out, HintedString source, int worstBytes) {
        int units = source.codeUnits();
        byte[] encoded = source.value().getBytes(StandardCharsets.UTF_8);
        long pointer = out.allocate(1, units);
        int ascii = leadingAscii(encoded);
        StringLower.copy(out, encoded, 0, ascii, pointer);
        if (ascii == encoded.length) {
            return RangeCodec.range(pointer, units);
        }
        long worst = (long) units * worstBytes;
        pointer = out.reallocate(pointer, units, 1, worst);
        StringLower.copy(out, encoded, ascii, encoded.length, pointer);
        if (worst > encoded.length) {
            pointer = out.reallocate(pointer, worst, 1, encoded.length);
        }
        return RangeCodec.range(pointer, encoded.length);
    }

    private static int leadingAscii(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                return i;
            }
        }
        return bytes.length;
    }

    /** {@code store_utf8_to_utf16}: the worst case first, shrunk after. */
    private static long utf8ToUtf16(Lower out, HintedString source) {
        String value = source.value();
        long worst = 2L * source.codeUnits();
        long pointer = out.allocate(2, worst);
        StringLower.copyUtf16(out, value, pointer);
        long size = 2L * value.length();
        if (size < worst) {
            pointer = out.reallocate(pointer, worst, 2, size);
        }
        return RangeCodec.range(pointer, value.length());
    }

    /** {@code store_string_to_latin1_or_utf16}: Latin-1 until a character does not fit, then UTF-16. */
    private static long toCompact(Lower out, HintedString source) {
        String value = source.value();
        int units = source.codeUnits();
        long pointer = out.allocate(2, units);
        int narrow = StringLower.firstWide(value);
        byte[] latin1 = value.substring(0, narrow).getBytes(StandardCharsets.ISO_8859_1);
        StringLower.copy(out, latin1, 0, narrow, pointer);
        if (narrow == value.length()) {
            if (narrow < units) {
                pointer = out.reallocate(pointer, units, 2, narrow);
            }
            return RangeCodec.range(pointer, narrow);
        }
        long worst = 2L * units;
        pointer = out.reallocate(pointer, units, 2, worst);
        StringLower.copyUtf16(out, value, pointer);
        long size = 2L * value.length();
        if (size < worst) {
            pointer = out.reallocate(pointer, worst, 2, size);
        }
        return RangeCodec.range(pointer, value.length() | StringLower.UTF16_TAG);
    }

    /**
     * {@code store_probably_utf16_to_latin1_or_utf16}. Shrinks with an alignment of 2, as wasmtime
     * does and its tests expect, where the specification's text has 1: the pointer must be aligned
     * to 2 whenever the guest passes this string on.
     */
    private static long wideToCompact(Lower out, String value) {
        long size = 2L * value.length();
        long pointer = out.allocate(2, size);
        StringLower.copyUtf16(out, value, pointer);
        if (!StringLower.isLatin1(value)) {
            return RangeCodec.range(pointer, value.length() | StringLower.UTF16_TAG);
        }
        byte[] latin1 = value.getBytes(StandardCharsets.ISO_8859_1);
        StringLower.copy(out, latin1, 0, latin1.length, pointer);
        pointer = out.reallocate(pointer, size, 2, latin1.length);
        return RangeCodec.range(pointer, latin1.length);
    }
}
