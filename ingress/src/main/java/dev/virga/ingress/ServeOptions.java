package dev.virga.ingress;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param address to listen on; port 0 picks a free one
 * @param tls serves HTTPS with these identities; without them HTTP
 * @param grace how long requests may go on when the server is told to stop
 * @param forwarding tells services where requests came from; without it headers are passed on as they came
 * @param listener told of each request
 */
public record ServeOptions(
        InetSocketAddress address,
        Optional<Tls> tls,
        ServeLimits limits,
        Duration grace,
        AccessLog accessLog,
        Optional<Forwarding> forwarding,
        Optional<IngressListener> listener) {}
