package dev.virga.wit;

import java.util.Set;

/** The lexical rules of names (Explainer.md, "Import and Export Definitions"; WIT.md, "Keywords"). */
final class Names {

    /** Words that are names only with {@code %} before them. */
    static final Set<String> KEYWORDS = Set.of(
            "as", "async", "bool", "borrow", "char", "constructor", "enum", "error-context", "export", "f32", "f64",
            "flags", "from", "func", "future", "import", "include", "interface", "list", "map", "option", "own",
            "package", "record", "resource", "result", "s16", "s32", "s64", "s8", "static", "stream", "string",
            "tuple", "type", "u16", "u32", "u64", "u8", "use", "variant", "with", "world");

    private Names() {}

    /** {@code label}: parts joined by hyphens, each in one case, the first beginning with a letter. */
    static boolean isLabel(String text) {
        return isKebab(text, true);
    }

    /** {@code words}: a label in lower case. */
    static boolean isWords(String text) {
        return isKebab(text, false);
    }

    private static boolean isKebab(String text, boolean upperToo) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) {
            return false;
        }
        boolean lower = false;
        boolean upper = false;
        char previous = '-';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-') {
                if (previous == '-') {
                    return false;
                }
                lower = false;
                upper = false;
            } else if (c >= 'a' && c <= 'z') {
                lower = true;
            } else if (c >= 'A' && c <= 'Z') {
                upper = true;
            } else if (c < '0' || c > '9') {
                return false;
            }
            if (lower && upper || upper && !upperToo) {
                return false;
            }
            previous = c;
        }
        return previous != '-';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** As WIT text writes it. */
    static String escaped(String name) {
        return KEYWORDS.contains(name) ? "%" + name : name;
    }
}
