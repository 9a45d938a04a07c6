package dev.virga.ingress;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param address to listen on; port 0 picks a free one
 * @param tls serves HTTPS with this identity; without it HTTP
 * @param grace how long requests may go on when the server is told to stop
 */
public record ServeOptions(
        InetSocketAddress address, Optional<TlsIdentity> tls, ServeLimits limits, Duration grace, AccessLog accessLog) {}
