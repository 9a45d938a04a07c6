package dev.virga.ingress;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/** What ties a request to what is logged of it elsewhere. Nothing is read before it is asked for. */
final class Trace {

    static final String REQUEST_ID = "x-request-id";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** Sets the ids of one process apart from those of another. */
    private static final String PROCESS = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private final long number;
    private final HttpFields headers;

    Trace(long number, HttpFields headers) {
        this.number = number;
        this.headers = headers;
    }

    String requestId() {
        return valid(REQUEST_ID, PLAIN).orElseGet(() -> PROCESS + "-" + number);
    }

    Optional<String> parent() {
        return valid("traceparent", PARENT);
    }

    /** A header that came twice is nobody's. */
    private Optional<String> valid(String name, Pattern form) {
        return Optional.ofNullable(headers.get(name))
                .filter(value -> form.matcher(value).matches() && headers.getCSV(name, false).size() == 1);
    }
}
