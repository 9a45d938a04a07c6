package dev.virga.ingress;

import dev.virga.wasi.AddressRange;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Tables of routes for tests. */
public final class Tables {

    private Tables() {}

    /** A service that says its name, with the status 418. */
    public static Service named(String name) {
        return exchange -> exchange.refuse(new Refusal(418, name));
    }

    public static Route route(String host, String path, Service service) {
        return route(host, path, RouteLimits.DEFAULT, service);
    }

    public static Route route(String host, String path, RouteLimits limits, Service service) {
        return route(host, path, new Admission(limits), new Target(host + path, service));
    }

    static Route route(String host, String path, Admission admission, Target... targets) {
        return new Route(host, path, Stream.of(targets).map(t -> new WeightedTarget(t, 1)).toList(), admission);
    }

    public static Router router(Route... routes) {
        return new Router(new Routes(List.of(routes)));
    }

    /** May connect to this machine. */
    public static UpstreamClient localClient() {
        return new UpstreamClient(List.of(AddressRange.parse("127.0.0.0/8")), SSLContext::getDefault);
    }
}
