package dev.virga.oci;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A request.
 *
 * @param most bytes that the answer may have
 * @param progress is told how many bytes have come or gone, of the larger of the two bodies
 */
record Call(
        String method, URI uri, Map<String, String> headers, Optional<Body> body, long most, LongConsumer progress) {

    static final LongConsumer SILENT = _ -> {};

    /** What is sent. */
    record Body(String type, byte[] bytes) {}

    static Call get(URI uri, long most) {
        return new Call("GET", uri, Map.of(), Optional.empty(), most, SILENT);
    }

    /** A request whose answer is of no interest but for its head. */
    static Call of(String method, URI uri, Optional<Body> body) {
        return new Call(method, uri, Map.of(), body, RegistryHttp.MAX_ERROR, SILENT);
    }

    Call with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Call(method, uri, all, body, most, progress);
    }

    Call to(URI other) {
        return new Call(method, other, headers, body, most, progress);
    }

    Call telling(LongConsumer listener) {
        return new Call(method, uri, headers, body, most, listener);
    }

    /** Whether it can be sent elsewhere without harm. */
    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
