package dev.virga.plugin.messaging;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is said of a message beside its body. */
final class Headers {

    static final String CONTENT_TYPE = "Content-Type";

    private static final int MAX_COUNT = 64;
    private static final int MAX_BYTES = 16 << 10;
    private static final Set<String> TRACE = Set.of("traceparent", "tracestate", "baggage");

    private Headers() {}

    /** What is wrong with a guest's header; empty if nothing is. */
    static Optional<String> problem(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            return Optional.of("a header's name must be printable ASCII without spaces and colons");
        }
        if (name.regionMatches(true, 0, "nats-", 0, 5)) {
            return Optional.of("headers that begin with Nats- are the broker's own"); // some of them delete messages
        }
        if (!isValue(value)) {
            return Optional.of("a header's value must be printable ASCII");
        }
        return Optional.empty();
    }

    /** What is wrong with all of a message's together; empty if nothing is. */
    static Optional<String> problem(Map<String, String> headers) {
        if (headers.size() > MAX_COUNT) {
            return Optional.of("it has " + headers.size() + " headers; at most " + MAX_COUNT + " are allowed");
        }
        long bytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += header.getKey().length() + (long) header.getValue().length();
        }
        return bytes <= MAX_BYTES
                ? Optional.empty()
                : Optional.of("its headers have " + bytes + " bytes; at most " + MAX_BYTES + " are allowed");
    }

    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** What came with a message that tells its trace. */
    static Map<String, String> trace(Map<String, String> headers) {
        Map<String, String> trace = new HashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (TRACE.contains(lower) && isValue(value)) {
                trace.put(lower, value);
            }
        });
        return trace;
    }

    /** A guest's headers with the trace of the call that sends them; the guest's own count more. */
    static Map<String, String> traced(Map<String, String> headers, Map<String, String> context) {
        if (context.isEmpty()) {
            return headers;
        }
        Map<String, String> all = trace(context);
        all.putAll(headers);
        return all;
    }
}
