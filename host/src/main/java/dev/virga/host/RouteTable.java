package dev.virga.host;

import dev.virga.host.manifest.EgressAddresses;
import dev.virga.host.manifest.HostInterface;
import dev.virga.host.manifest.Limits;
import dev.virga.host.manifest.Upstream;
import dev.virga.ingress.Admission;
import dev.virga.ingress.Rate;
import dev.virga.ingress.Refusal;
import dev.virga.ingress.Route;
import dev.virga.ingress.RouteLimits;
import dev.virga.ingress.Target;
import dev.virga.ingress.UpstreamClient;
import dev.virga.ingress.WeightedTarget;
import dev.virga.wasi.AddressRange;
import dev.virga.wasi.http.HttpClients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The routes of one object, made anew whenever its replicas change; what limits them stays. */
final class RouteTable implements AutoCloseable {

    private static final int MOST_WEIGHT = 1000;

    /** Of wasi:http, as wasmCloud has them: names with commas between. */
    private static final List<String> HOST_SETTINGS = List.of("host", "host-aliases");

    private final Controlled controlled;
    private final Limits standard;
    private final RequestCounts counts;
    private final Map<String, Admission> admissions = new HashMap<>();
    private final Map<String, Target> wakers = new HashMap<>();
    private final Target nobody;
    private Optional<Template> template = Optional.empty();
    private Optional<UpstreamClient> upstreams = Optional.empty();
    private Optional<UpstreamClient> previous = Optional.empty();

    /** @param standard limits of workloads that set none */
    RouteTable(Controlled controlled, Limits standard, RequestCounts counts) {
        this.controlled = controlled;
        this.standard = standard;
        this.counts = counts;
        this.nobody = new Target(controlled.name().toString(), exchange -> exchange.refuse(
                new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "nothing runs behind this route just now")));
    }

    /** @param answered whether there is anybody behind it just now */
    record Made(Route route, boolean answered) {}

    /** @throws HostException.Refused if a route cannot be made */
    List<Made> routes() {
        Template served = controlled.state().served();
        if (template.filter(served::equals).isEmpty()) {
            Optional<UpstreamClient> used = upstreams;
            upstreams = Optional.empty();
            forget();
            previous.ifPresent(UpstreamClient::close);
            previous = used; // requests that came by the last table are still under way
            template = Optional.of(served);
        }
        List<Replica> healthy =
                controlled.state().replicas().stream().filter(Replica::isHealthy).toList();
        List<Made> routes = new ArrayList<>();
        for (dev.virga.host.manifest.Route route : wanted(served)) {
            routes.add(route(served, route, healthy));
        }
        return routes;
    }

    /** Those of the manifest; else one for the name that stands for the workload on this machine. */
    private static List<dev.virga.host.manifest.Route> wanted(Template template) {
        List<dev.virga.host.manifest.Route> routes =
                new ArrayList<>(template.settings().ingress().routes());
        for (HostInterface entry : template.spec().hostInterfaces()) {
            if (entry.packageId().equals("wasi:http")) {
                HOST_SETTINGS.stream()
                        .filter(entry.config()::containsKey)
                        .flatMap(key -> Arrays.stream(entry.config().get(key).split(",")))
                        .map(host -> plain(host.strip()))
                        .forEach(routes::add);
            }
        }
        if (routes.isEmpty()) {
            routes.add(plain(localName(template)));
        }
        return routes;
    }

    private static dev.virga.host.manifest.Route plain(String host) {
        return new dev.virga.host.manifest.Route(
                host, "/", Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Names under {@code .localhost} lead to this machine, without anybody's help (RFC 6761, 6.3). */
    private static String localName(Template template) {
        String namespace = template.name().namespace();
        return template.name().name() + (namespace.equals("default") ? "" : "." + namespace) + ".localhost";
    }

    private Made route(Template served, dev.virga.host.manifest.Route route, List<Replica> healthy) {
        List<WeightedTarget> targets = new ArrayList<>();
        if (route.upstream().isEmpty()) {
            targets.addAll(component(served, route, route.component(), healthy, MOST_WEIGHT));
        } else {
            int heaviest = Math.max(1, route.upstream().stream().mapToInt(Upstream::weight).max().orElse(1));
            for (Upstream upstream : route.upstream()) {
                int weight = (int) ((long) upstream.weight() * MOST_WEIGHT / heaviest);
                if (upstream.url().isPresent()) {
                    targets.add(new WeightedTarget(url(served, upstream.url().get().toString()), weight));
                } else {
                    targets.addAll(component(served, route, upstream.component(), healthy, weight));
                }
            }
        }
        boolean answered = !targets.isEmpty();
        if (!answered) {
            targets.add(new WeightedTarget(nobody, 1));
        }
        try {
            return new Made(new Route(route.host(), route.path(), targets, admission(served, route)), answered);
        } catch (IllegalArgumentException e) {
            throw new HostException.Refused(e.getMessage());
        }
    }

    private List<WeightedTarget> component(
            Template served,
            dev.virga.host.manifest.Route route,
            Optional<String> wanted,
            List<Replica> healthy,
            int weight) {
        if (served.settings().scaleToZero().isPresent()) {
            String component = wanted.orElseGet(() -> onlyComponent(served));
            Target waker = wakers.computeIfAbsent(
                    component, c -> new Target(controlled.name() + "/" + c, new Waker(controlled.state(), c)));
            return List.of(new WeightedTarget(waker, weight));
        }
        List<Target> targets = new ArrayList<>();
        for (Replica replica : healthy) {
            Optional<String> name = renamed(replica, route).or(() -> wanted);
            if (name.isPresent()) {
                Optional.ofNullable(replica.targets().get(name.get())).ifPresent(targets::add);
            } else if (replica.targets().size() == 1) {
                targets.addAll(replica.targets().values());
            } else if (replica.targets().size() > 1) {
                throw new HostException.Refused("several components answer requests: "
                        + String.join(", ", replica.targets().keySet())
                        + "; say which in routes under virga.ingress");
            }
        }
        int each = Math.max(weight == 0 ? 0 : 1, weight / Math.max(1, targets.size()));
        return targets.stream().map(target -> new WeightedTarget(target, each)).toList();
    }

    /** The component that serves a route by the replica's own template: a new one may call it otherwise. */
    private static Optional<String> renamed(Replica replica, dev.virga.host.manifest.Route route) {
        return replica.template().settings().ingress().routes().stream()
                .filter(own -> own.host().equals(route.host()) && own.path().equals(route.path()))
                .findFirst()
                .flatMap(dev.virga.host.manifest.Route::component);
    }

    private static String onlyComponent(Template served) {
        if (served.spec().components().size() != 1) {
            throw new HostException.Refused("a workload with scaleToZero and several components says in routes"
                    + " under virga.ingress which of them answers");
        }
        return served.spec().components().getFirst().name();
    }

    private Target url(Template served, String url) {
        return wakers.computeIfAbsent(url, u -> {
            try {
                return new Target(u, new dev.virga.ingress.Upstream(u, client(served)));
            } catch (IllegalArgumentException e) {
                throw new HostException.Refused(e.getMessage());
            }
        });
    }

    private UpstreamClient client(Template served) {
        if (upstreams.isEmpty()) {
            List<AddressRange> allowed = served.settings().egress().addresses().stream()
                    .map(EgressAddresses::cidr)
                    .map(cidr -> AddressRange.parse(cidr.toString()))
                    .toList();
            upstreams = Optional.of(new UpstreamClient(allowed, HttpClients::newTls));
        }
        return upstreams.get();
    }

    private Admission admission(Template served, dev.virga.host.manifest.Route route) {
        return admissions.computeIfAbsent(route.host() + route.path(), _ -> {
            Limits limits = served.settings().limits().over(standard);
            int concurrency = route.concurrency().orElse(limits.instances());
            Admission made = new Admission(new RouteLimits(
                    concurrency,
                    concurrency,
                    route.rateLimit().map(r -> new Rate(r.requestsPerSecond(), r.burst().orElse(r.requestsPerSecond()))),
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    limits.requestBody().bytes(),
                    Optional.of(route.component()
                            .map(served.settings()::requestTimeout)
                            .orElse(served.settings().requestTimeout()))));
            counts.count(made, controlled.telemetry());
            return made;
        });
    }

    @Override
    public void close() {
        forget();
        previous.ifPresent(UpstreamClient::close);
        upstreams.ifPresent(UpstreamClient::close);
    }

    /** Lets go of what was made for a template. */
    private void forget() {
        admissions.values().forEach(counts::forget);
        admissions.clear();
        wakers.clear();
    }
}
