package dev.virga.benchmark;

import dev.virga.benchmark.load.Target;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * What a component is asked.
 *
 * @param path with its query
 */
public record Request(String method, String path, Map<String, String> headers, byte[] body) {

    /** @throws BenchmarkException if it cannot be written as HTTP/1.1 has it */
    public Request {
        headers = Map.copyOf(headers);
        check("method", method, "[A-Za-z]{1,32}");
        check("path", path, "/[\\x21-\\x7e]{0,8000}");
        headers.forEach((name, value) -> {
            check("header", name, "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
            check("header " + name, value, "[\\x20-\\x7e\\t]{0,8000}");
        });
    }

    private static void check(String what, String text, String form) {
        if (!text.matches(form)) {
            throw new BenchmarkException("the request's " + what + " '" + text.replaceAll("[^ -~]", "?")
                    + "' cannot be sent by HTTP/1.1");
        }
    }

    /** This request to a server. */
    Target to(InetSocketAddress address, String authority) {
        return Target.of(address, authority, method, path, headers, body);
    }
}
