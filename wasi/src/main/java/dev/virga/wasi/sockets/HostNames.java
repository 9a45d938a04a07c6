package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** What guests may ask the resolver for. */
final class HostNames {

    private static final Pattern LABELS = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final int MAX_NAME = 253;

    private HostNames() {}

    /** The address, if the text is one; IPv6 may stand in brackets. */
    static Optional<InetAddress> literal(String text) {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        String address = brackets ? text.substring(1, text.length() - 1) : text;
        if (brackets && !address.contains(":") || address.contains("%")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The name in ASCII, as the resolver takes it. */
    static String ascii(String name) throws IOException {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        }
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            if (ascii.length() <= MAX_NAME && LABELS.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // It is told below.
        }
        throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
    }
}
