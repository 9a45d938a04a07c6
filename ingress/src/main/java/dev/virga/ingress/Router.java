package dev.virga.ingress;

import java.util.Optional;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;

/** Has each request answered by who is responsible for its host and path, within the limits. */
public final class Router implements Service {

    private static final int ATTEMPTS = 8;

    private volatile Routes routes;

    public Router(Routes routes) {
        this.routes = routes;
    }

    /** Routes by this table from the next request on. */
    public void use(Routes table) {
        routes = table;
    }

    public Routes routes() {
        return routes;
    }

    @Override
    public void serve(Exchange exchange) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (serve(exchange, routes)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.refuse(new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "the server stops or changes too fast"));
    }

    /** False if the table was replaced in the meantime and the request has found only targets that stop. */
    private boolean serve(Exchange exchange, Routes table) throws InterruptedException {
        Optional<Routes.Entry> found = find(exchange, table.of(exchange.authority()));
        if (found.isEmpty()) {
            return true;
        }
        Route route = found.get().route();
        exchange.routed(route);
        Optional<Refusal> refusal = route.admission().enter(exchange);
        if (refusal.isPresent()) {
            exchange.refuse(refusal.get());
            return true;
        }
        try {
            Optional<Target> target = found.get().rotation().enter();
            if (target.isPresent()) {
                serve(exchange, target.get());
            } else if (table == routes) {
                exchange.refuse(new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503,
                        "nothing runs behind " + route + " just now: no target takes requests"));
            } else {
                return false;
            }
            return true;
        } finally {
            route.admission().leave();
        }
    }

    private static void serve(Exchange exchange, Target target) {
        try {
            target.service().serve(exchange);
        } finally {
            target.leave();
        }
    }

    /** The route; refuses the request if there is none, or not exactly one. */
    private static Optional<Routes.Entry> find(Exchange exchange, Routes.OfHost host) {
        String name = exchange.authority().map(Authority::host).orElse("(none)");
        if (host.none()) {
            exchange.refuse(new Refusal(HttpStatus.NOT_FOUND_404, "no route for host " + name));
            return Optional.empty();
        }
        if (HttpMethod.CONNECT.is(exchange.method())) {
            exchange.refuse(new Refusal(HttpStatus.METHOD_NOT_ALLOWED_405, "this server opens no tunnels"));
            return Optional.empty();
        }
        String path = exchange.path().isEmpty() ? "/" : exchange.path();
        Optional<String> reading = PathReading.of(path);
        if (reading.isEmpty()) {
            exchange.refuse(new Refusal(HttpStatus.BAD_REQUEST_400,
                    "the path has dots as segments, broken escapes or control characters, or is none"));
            return Optional.empty();
        }
        Optional<Routes.Entry> found = host.find(path);
        boolean plain = reading.get() == path; // then there is nothing to look up again
        if (!plain && !found.equals(host.find(reading.get()))) {
            exchange.refuse(new Refusal(HttpStatus.BAD_REQUEST_400,
                    "the path can be read in two ways, which lead to two routes: leave out //, ;, \\ and escapes"));
            return Optional.empty();
        }
        if (found.isEmpty()) {
            exchange.refuse(new Refusal(HttpStatus.NOT_FOUND_404, "no route for path " + path + " at host " + name));
        }
        return found;
    }
}
