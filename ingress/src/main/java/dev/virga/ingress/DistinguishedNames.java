package dev.virga.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Names of certificates as text for a header. */
final class DistinguishedNames {

    private DistinguishedNames() {}

    /** RFC 2253's form, with {@code \xx} for each byte that is not printable ASCII: no two names look the same. */
    static String ascii(X500Principal name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getName(X500Principal.RFC2253).getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "\\%02X", b & 0xff));
            }
        }
        return text.toString();
    }
}
