package dev.virga.wit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A string as WIT writes it, which is a {@code name} of the core text format.
 *
 * @param end the offset behind the closing quote
 */
record StringLiteral(String value, int end) {

    static StringLiteral read(Source source, int start) {
        String text = source.text();
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return new StringLiteral(decode(source, start, utf8.toByteArray()), at + 1);
            }
            if (c == '\\') {
                at = escape(source, at, utf8);
            } else if (c < ' ' || c == 0x7F) {
                break;
            } else {
                int point = text.codePointAt(at);
                write(utf8, point);
                at += Character.charCount(point);
            }
        }
        throw source.error(start, "this string is not closed on its line");
    }

    private static int escape(Source source, int at, ByteArrayOutputStream utf8) {
        String text = source.text();
        char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        int simple = "tnr\"'\\".indexOf(c);
        if (simple >= 0) {
            utf8.write("\t\n\r\"'\\".charAt(simple));
            return at + 2;
        }
        if (c == 'u' && text.startsWith("{", at + 2)) {
            int end = text.indexOf('}', at);
            int point = end < 0 || end - at > 11 ? -1 : hex(text.substring(at + 3, end));
            if (point >= 0 && point <= Character.MAX_CODE_POINT && !(point >= 0xD800 && point <= 0xDFFF)) {
                write(utf8, point);
                return end + 1;
            }
        } else if (at + 3 <= text.length()) {
            int value = hex(text.substring(at + 1, at + 3));
            if (value >= 0) {
                utf8.write(value);
                return at + 3;
            }
        }
        throw source.error(at, "unknown escape; there are \\t \\n \\r \\\" \\' \\\\ \\hh and \\u{hhhh}");
    }

    /** The value of at most 8 hexadecimal digits, or -1. */
    private static int hex(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x7F ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return digits.isEmpty() || value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }

    private static void write(ByteArrayOutputStream utf8, int point) {
        utf8.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(Source source, int start, byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw source.error(start, "the bytes of this string are not UTF-8");
        }
    }

    /** The text that reads as {@code value}. */
    static String write(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                text.append('\\').appendCodePoint(point);
            } else if (point < ' ' || !Characters.isAllowed(point)) {
                text.append(String.format(Locale.ROOT, "\\u{%x}", point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.append('"').toString();
    }
}
