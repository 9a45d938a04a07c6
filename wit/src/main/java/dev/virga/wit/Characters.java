package dev.virga.wit;

import java.util.Locale;

/** Characters that no WIT file may contain (WIT.md, "Lexical structure"). */
final class Characters {

    private Characters() {}

    static void check(Source source) {
        String text = source.text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F || c == '\n') {
                continue;
            }
            int point = text.codePointAt(i);
            if (!isAllowed(point)) {
                throw source.error(i, "the character " + described(point) + " is not allowed in WIT");
            }
            if (Character.isSupplementaryCodePoint(point)) {
                i++;
            }
        }
    }

    static boolean isAllowed(int point) {
        return switch (point) {
            case '\n', '\r', '\t' -> true;
            // Overrides of the writing direction: text would read otherwise than it is parsed.
            case 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069 -> false;
            // Deprecated or strongly discouraged by Unicode.
            case 0x149, 0x673, 0xF77, 0xF79, 0x17A3, 0x17A4, 0x17B4, 0x17B5, 0x206A, 0x206B, 0x206C, 0x206D, 0x206E,
                    0x206F, 0x2329, 0x232A, 0xE0001 -> false;
            default -> !Character.isISOControl(point) && !(point >= 0xD800 && point <= 0xDFFF);
        };
    }

    /** The text with what is not allowed replaced: doc comments of binaries can hold anything. */
    static String allowed(String text) {
        return text.codePoints().allMatch(Characters::isAllowed)
                ? text
                : text.codePoints().map(c -> isAllowed(c) ? c : 0xFFFD)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    static String described(int point) {
        String code = String.format(Locale.ROOT, "U+%04X", point);
        return point > ' ' && point < 0x7F ? "'" + Character.toString(point) + "' (" + code + ")" : code;
    }
}
