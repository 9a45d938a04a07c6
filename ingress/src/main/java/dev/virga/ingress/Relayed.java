package dev.virga.ingress;

import dev.virga.wasi.http.FieldSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Which fields of a message are passed on: not those that are for the connection alone (RFC 9110, 7.6.1). */
final class Relayed {

    private static final Set<String> HERE_ONLY = Set.of("te", "trailer", "expect", "content-length");
    private static final String TRAILERS = "trailers";

    private Relayed() {}

    /** A request's headers. Its length is that of its body, and not taken from a field. */
    static void request(HttpFields from, HttpFields.Mutable to) {
        copy(from, to, false);
        if (from.getCSV(HttpHeader.TE, false).stream().anyMatch(TRAILERS::equalsIgnoreCase)) {
            to.put(HttpHeader.TE, TRAILERS); // gRPC servers insist on it
        }
    }

    /** An answer's headers, the length included: an answer to HEAD has it without a body. */
    static void response(HttpFields from, HttpFields.Mutable to) {
        copy(from, to, true);
    }

    private static void copy(HttpFields from, HttpFields.Mutable to, boolean length) {
        Set<String> named = named(from.getCSV(HttpHeader.CONNECTION, false));
        for (HttpField field : from) {
            String name = field.getLowerCaseName();
            boolean kept = length && field.getHeader() == HttpHeader.CONTENT_LENGTH
                    || !FieldSyntax.forbidden(name) && !HERE_ONLY.contains(name) && !named.contains(name);
            if (kept && field.getHeader() == HttpHeader.DATE) {
                to.put(field); // in place of this server's own
            } else if (kept) {
                to.add(field);
            }
        }
    }

    private static Set<String> named(List<String> names) {
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    /** The trailers that may be ones; null, as the library has it, where there are none. */
    static HttpFields trailers(HttpFields from) {
        if (from == null) {
            return null;
        }
        HttpFields.Mutable to = HttpFields.build();
        for (HttpField field : from) {
            if (FieldSyntax.mayTrail(field.getLowerCaseName())) {
                to.add(field);
            }
        }
        return to.size() == 0 ? null : to;
    }
}
