package dev.virga.ingress;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Servers for tests, on ports of their own. */
public final class Servers {

    public static final ServeLimits LIMITS = ServeLimits.DEFAULT;

    private Servers() {}

    public static ServeOptions options(ServeLimits limits) {
        return new ServeOptions(
                new InetSocketAddress("127.0.0.1", 0), Optional.empty(), limits, Duration.ofSeconds(10), AccessLog.OFF,
                Optional.empty(), Optional.empty());
    }

    /** Serves HTTPS. */
    public static ServeOptions options(Tls tls) {
        ServeOptions plain = options(LIMITS);
        return new ServeOptions(
                plain.address(), Optional.of(tls), plain.limits(), plain.grace(), plain.accessLog(), Optional.empty(),
                Optional.empty());
    }

    /** Serves with Java code. */
    public static HttpServer java(ServeLimits limits, Service service) {
        return HttpServer.start(options(limits), service, _ -> {});
    }
}
