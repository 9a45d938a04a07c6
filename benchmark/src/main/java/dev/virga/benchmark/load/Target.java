package dev.virga.benchmark.load;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Requests, in turn and again and again.
 *
 * @param address where they go
 * @param requests their bytes, head and body
 */
public record Target(InetSocketAddress address, List<byte[]> requests) {

    public Target {
        requests = List.copyOf(requests);
    }

    /**
     * @param authority of the header {@code Host}
     * @param headers further ones; they may not break lines
     */
    public static Target of(
            InetSocketAddress address,
            String authority,
            String method,
            String path,
            Map<String, String> headers,
            byte[] body) {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return new Target(address, List.of(bytes.toByteArray()));
    }

    /** The first of its requests. */
    public byte[] request() {
        return requests.getFirst();
    }

    /** The requests of all of them, to the first one's address. */
    public static Target inTurn(List<Target> targets) {
        return new Target(
                targets.getFirst().address(),
                targets.stream().flatMap(target -> target.requests().stream()).toList());
    }
}
