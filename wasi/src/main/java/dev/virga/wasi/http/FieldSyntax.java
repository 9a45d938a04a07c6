package dev.virga.wasi.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What names and values of fields may look like (RFC 9110, 5), and which names are the host's. */
public final class FieldSyntax {

    static final String CONTENT_LENGTH = "content-length";

    /**
     * They steer the connection, not the message (RFC 9110, 7.6.1), or say where the message goes;
     * guests neither set nor see them.
     */
    private static final Set<String> FORBIDDEN = Set.of(
            "connection",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "upgrade");

    /** They frame the message, which is over when trailers come (RFC 9110, 6.5.1). */
    private static final Set<String> NO_TRAILER = Set.of(CONTENT_LENGTH, "te", "trailer");

    private FieldSyntax() {}

    /** Names that steer the connection or say where the message goes; in lower case. */
    public static boolean forbidden(String name) {
        return FORBIDDEN.contains(name);
    }

    /** Whether a field may stand behind the body; the name is in lower case. */
    public static boolean mayTrail(String name) {
        return !FORBIDDEN.contains(name) && !NO_TRAILER.contains(name);
    }

    /** The name in lower case, if it is one. */
    static Optional<String> name(String name) {
        return token(name) ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** {@code token} of RFC 9110, 5.6.2; method names are tokens too. */
    static boolean token(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!letterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean letterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** {@code field-value} of RFC 9110, 5.5: no control characters but the tab. */
    static boolean value(String name, byte[] value) {
        if (name.equals(CONTENT_LENGTH)) {
            return length(value).isPresent();
        }
        for (byte b : value) {
            if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The value of {@code content-length}: digits only, no sign, no list (RFC 9110, 8.6). */
    static OptionalLong length(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
