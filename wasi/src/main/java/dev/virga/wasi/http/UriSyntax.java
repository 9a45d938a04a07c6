package dev.virga.wasi.http;

import java.util.Optional;

/** The parts of a request's target (RFC 3986; RFC 9110, 4). */
final class UriSyntax {

    private static final int MAX_PORT = 65_535;

    /** {@code pchar}, {@code /} and {@code ?} of RFC 3986 beside letters, digits and escapes. */
    private static final String PATH_CHARS = "-._~!$&'()*+,;=:@/?";

    private UriSyntax() {}

    /**
     * A path with its query, as a request line has it, or {@code *}. One that begins with two slashes
     * is refused, since it reads as a host.
     */
    static boolean pathWithQuery(String text) {
        if (text.equals("*")) {
            return true;
        }
        if (!text.startsWith("/") && !text.startsWith("?") || text.startsWith("//")) {
            return false;
        }
        boolean query = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            query |= c == '?';
            boolean escape = c == '%' && i + 2 < text.length() && hex(text.charAt(i + 1)) && hex(text.charAt(i + 2));
            boolean plain = FieldSyntax.letterOrDigit(c) || PATH_CHARS.indexOf(c) >= 0;
            if (!escape && !plain && !(query && "[]".indexOf(c) >= 0)) { // brackets are common, if not allowed
                return false;
            }
        }
        return true;
    }

    private static boolean hex(char c) {
        return c < 0x7f && Character.digit(c, 16) >= 0;
    }

    static boolean scheme(String text) {
        return !text.isEmpty()
                && Character.isLetter(text.charAt(0))
                && text.chars().allMatch(c -> FieldSyntax.letterOrDigit((char) c) || "+-.".indexOf(c) >= 0);
    }

    /** A host without brackets, and the port where there is one. */
    record Authority(String host, Optional<Integer> port) {

        /** User names are refused: they only serve to make one host look like another. */
        static Optional<Authority> of(String text) {
            int bracket = text.lastIndexOf(']');
            int colon = text.indexOf(':', Math.max(0, bracket));
            String host = colon < 0 ? text : text.substring(0, colon);
            Optional<Integer> port = colon < 0 ? Optional.empty() : port(text.substring(colon + 1));
            if (colon >= 0 && port.isEmpty()) {
                return Optional.empty();
            }
            if (host.startsWith("[") && host.endsWith("]")) {
                String inner = host.substring(1, host.length() - 1);
                boolean address = inner.indexOf(':') >= 0
                        && inner.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
                return address ? Optional.of(new Authority(inner, port)) : Optional.empty();
            }
            boolean name = !host.isEmpty()
                    && host.chars().allMatch(c -> FieldSyntax.letterOrDigit((char) c) || "-._~".indexOf(c) >= 0);
            return name ? Optional.of(new Authority(host, port)) : Optional.empty();
        }

        private static Optional<Integer> port(String text) {
            if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
            int number = Integer.parseInt(text);
            return number <= MAX_PORT ? Optional.of(number) : Optional.empty();
        }
    }
}
