package dev.virga.host;

import dev.virga.host.workload.Together;
import dev.virga.ingress.Router;
import dev.virga.ingress.Routes;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.WorkloadLog;
import dev.virga.telemetry.WorkloadTelemetry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Everything that runs on a host, and the routes to it. Used by many threads; its lock is taken within the host's. */
final class Workloads {

    private final HostPolicy policy;
    private final Surroundings surroundings;
    private final Function<WorkloadName, WorkloadTelemetry> telemetry;
    private final RequestCounts counts;
    private final Changes changes;
    private final Router router = new Router(new Routes(List.of()));
    private final Map<WorkloadId, Kept> kept = new LinkedHashMap<>();

    /** Deleted, but not gone yet: nothing of the same name may run beside it. */
    private final Set<WorkloadName> stopping = new HashSet<>();

    /**
     * @param surroundings makes what is given to each, of what it is to tell when routes change
     * @param telemetry makes what counts and logs what a workload does
     * @param counts is told whom requests are for
     */
    Workloads(
            HostPolicy policy,
            Surroundings.Maker surroundings,
            Function<WorkloadName, WorkloadTelemetry> telemetry,
            RequestCounts counts,
            Changes changes) {
        this.policy = policy;
        this.surroundings = surroundings.with(this::route);
        this.telemetry = telemetry;
        this.counts = counts;
        this.changes = changes;
    }

    Router router() {
        return router;
    }

    /**
     * It should be like this from now on; it is started if it does not run, unless another of its name still stops.
     *
     * @param tenant whose others may answer the same routes too; if it is empty, nobody's
     */
    synchronized void want(WorkloadId id, Desired desired, Optional<String> tenant) {
        Kept known = kept.get(id);
        if (known != null) {
            known.controlled().state().want(desired);
        } else if (!stopping.contains(id.name())) {
            Controlled controlled = new Controlled(id, desired, surroundings, telemetry.apply(id.name()));
            kept.put(id, new Kept(controlled, new RouteTable(controlled, policy.limits(), counts), tenant));
            controlled.start();
        }
    }

    synchronized Optional<Kept> find(WorkloadId id) {
        return Optional.ofNullable(kept.get(id));
    }

    /** Takes it out, so that nothing leads to it. The caller closes it, and then says that it has {@link #stopped}. */
    synchronized Optional<Kept> remove(WorkloadId id) {
        Optional<Kept> gone = Optional.ofNullable(kept.remove(id));
        gone.ifPresent(g -> stopping.add(g.controlled().name()));
        useRoutes();
        return gone;
    }

    /** Another of the same name may start. */
    synchronized void stopped(WorkloadName name) {
        stopping.remove(name);
    }

    /** Requests for this object go elsewhere now. */
    private synchronized void route(WorkloadId id) {
        Kept changed = kept.get(id);
        if (changed != null) {
            if (changed.route()) {
                useRoutes();
            }
            changes.happened();
        }
    }

    /** Of two routes that are the same, the older object's stays; placed workloads of one namespace share theirs. */
    private void useRoutes() {
        RouteSet all = new RouteSet();
        kept.values().forEach(k -> k.take(all));
        router.use(new Routes(all.routes()));
    }

    private synchronized List<Kept> all() {
        return List.copyOf(kept.values());
    }

    List<Status> status() {
        return all().stream().map(Kept::status).toList();
    }

    int components() {
        return all().stream().mapToInt(k -> k.controlled().components()).sum();
    }

    int calls() {
        return all().stream()
                .flatMap(k -> k.controlled().state().replicas().stream())
                .mapToInt(replica -> replica.workload().calls())
                .sum();
    }

    Optional<WorkloadLog> log(WorkloadName workload) {
        return all().stream()
                .map(Kept::controlled)
                .filter(c -> c.name().equals(workload))
                .map(c -> c.telemetry().log())
                .findAny();
    }

    /** All take no more calls but by HTTP; returns when those under way have ended, or their time of grace has. */
    void quiesce() throws InterruptedException {
        Together.forEach(all(), each -> each.controlled().quiesce());
    }

    /** Stops all of them; no more may be started. */
    void close() throws InterruptedException {
        try {
            Together.forEach(all().reversed(), Kept::close);
        } finally {
            synchronized (this) {
                kept.clear();
            }
        }
    }
}
