package dev.virga.wasi.http;

import java.util.Map;

/** {@code wasi:http/types.method}. */
public sealed interface Method {

    record Get() implements Method {}

    record Head() implements Method {}

    record Post() implements Method {}

    record Put() implements Method {}

    record Delete() implements Method {}

    record Connect() implements Method {}

    record Options() implements Method {}

    record Trace() implements Method {}

    record Patch() implements Method {}

    record Other(String token) implements Method {}

    /** The method of a request line; methods are case-sensitive (RFC 9110, 9.1). */
    static Method of(String token) {
        Method known = Known.BY_TOKEN.get(token);
        return known == null ? new Other(token) : known;
    }

    /** As it stands in a request line. */
    default String text() {
        return switch (this) {
            case Get() -> "GET";
            case Head() -> "HEAD";
            case Post() -> "POST";
            case Put() -> "PUT";
            case Delete() -> "DELETE";
            case Connect() -> "CONNECT";
            case Options() -> "OPTIONS";
            case Trace() -> "TRACE";
            case Patch() -> "PATCH";
            case Other(String token) -> token;
        };
    }

    /** Interfaces have no private static fields. */
    final class Known {
        private static final Map<String, Method> BY_TOKEN = Map.of(
                "GET", new Get(),
                "HEAD", new Head(),
                "POST", new Post(),
                "PUT", new Put(),
                "DELETE", new Delete(),
                "CONNECT", new Connect(),
                "OPTIONS", new Options(),
                "TRACE", new Trace(),
                "PATCH", new Patch());

        private Known() {}
    }
}
