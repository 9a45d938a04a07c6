package dev.virga.ingress;

import java.util.Optional;

/**
 * How a path reads to whoever takes it apart most: escapes decoded, backslashes as slashes, parameters
 * ({@code ;x=y}) left out, empty segments joined. A server behind may read a path as it stands, or
 * like this, or half way: it matches no shorter prefix than the first and no longer one than the
 * second. So if both lead to the same route, every reading does.
 */
final class PathReading {

    private PathReading() {}

    /**
     * The same string where there is only one way to read it; empty if it must be refused: it has
     * segments {@code .} or {@code ..} in any form, broken escapes, characters that need an
     * escape and have none, control characters; or it begins with two slashes, or is no path.
     */
    static Optional<String> of(String path) {
        if (!path.startsWith("/") || path.startsWith("//")) {
            return Optional.empty();
        }
        return plain(path) ? Optional.of(path) : read(path);
    }

    /** Whether it has nothing that could be read in two ways; most paths have not. */
    private static boolean plain(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || c <= ' ' || c >= 0x7f || before == '/' && (c == '/' || c == '.')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static Optional<String> read(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); ) {
            char c = path.charAt(i++);
            if (c > 0x7f) {
                return Optional.empty();
            }
            if (c == ';') {
                int slash = path.indexOf('/', i);
                i = slash < 0 ? path.length() : slash;
                continue;
            }
            if (c == '%') {
                int value = i + 2 <= path.length() ? hex(path.charAt(i)) << 4 | hex(path.charAt(i + 1)) : -1;
                if (value < 0) {
                    return Optional.empty();
                }
                c = (char) value;
                i += 2;
            }
            if (c < ' ' || c == 0x7f) {
                return Optional.empty();
            }
            c = c == '\\' ? '/' : c;
            if (c != '/' || out.isEmpty() || out.charAt(out.length() - 1) != '/') {
                out.append(c);
            }
        }
        String read = out.toString();
        return dotted(read) ? Optional.empty() : Optional.of(read);
    }

    private static boolean dotted(String path) {
        return (path + "/").contains("/./") || (path + "/").contains("/../");
    }

    /** Negative, and stays so however it is shifted in, if it is no digit. */
    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
