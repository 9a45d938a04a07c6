package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.Workload;
import dev.virga.host.workload.Together;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.host.workload.WorkloadState;
import dev.virga.ingress.Router;
import dev.virga.ingress.Routes;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.WorkloadLog;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps what was applied running, and routes requests to it. Used by many threads.
 */
public final class Host implements AutoCloseable {

    private final HostPolicy policy;
    private final ObjectStore store;
    private final Surroundings surroundings;
    private final Function<WorkloadName, WorkloadTelemetry> telemetry;
    private final RequestCounts counts;
    private final Router router = new Router(new Routes(List.of()));

    private final Map<String, Manifest> objects = new LinkedHashMap<>();
    private final Map<WorkloadId, Kept> kept = new LinkedHashMap<>();

    /** Deleted, but not gone yet: nothing of the same name may run beside it. */
    private final Set<WorkloadName> stopping = new HashSet<>();

    private final Placed placed = new Placed();
    private final Placements placements = new Placements(this);
    private final Changes changes = new Changes();
    private Optional<ConfigSources> sources = Optional.empty();
    private Optional<Thread> quiescing = Optional.empty();
    private boolean closed;

    /**
     * @param telemetry makes what counts and logs what a workload does
     * @param counts is told whom requests are for
     * @param problems is told of what was applied before and cannot be read
     */
    Host(
            HostPolicy policy,
            ObjectStore store,
            WorkloadResolver resolver,
            WorkloadRuntime runtime,
            Grace grace,
            Function<WorkloadName, WorkloadTelemetry> telemetry,
            RequestCounts counts,
            Consumer<String> problems) {
        this.policy = policy;
        this.store = store;
        this.telemetry = telemetry;
        this.counts = counts;
        this.surroundings = new Surroundings(resolver, runtime, this::sources, this::route, grace);
        synchronized (this) {
            store.load(problems).forEach(m -> objects.put(m.id(), m));
            update(objects.values());
        }
    }

    /** Answers all requests by what runs here. */
    public Router router() {
        return router;
    }

    private synchronized ConfigSources sources() {
        if (sources.isEmpty()) {
            sources = Optional.of(ConfigSources.of(objects.values()));
        }
        return placed.over(sources.get());
    }

    /**
     * Makes objects be as these manifests say, and keeps them so. Returns before that is so. What could not be
     * started before is tried again, even if its manifest is the same.
     *
     * @throws HostException.Refused if a name is taken; then none of them is applied
     */
    public synchronized List<Applied> apply(List<Manifest> manifests) {
        checkOpen();
        manifests.forEach(this::checkNotPlaced);
        Names names = new Names(objects.values());
        manifests.forEach(names::take);
        List<Applied> applied = new ArrayList<>();
        try {
            manifests.forEach(manifest -> applied.add(applied(manifest)));
        } finally {
            changed(manifests);
        }
        manifests.forEach(m -> Optional.ofNullable(kept.get(WorkloadId.of(m))).ifPresent(k -> k.controlled().retry()));
        return applied;
    }

    /** What is named by others has an effect on all of them; anything else on itself only. */
    private void changed(Collection<Manifest> manifests) {
        if (manifests.stream().anyMatch(Templates::isNamed)) {
            sources = Optional.empty();
            update(objects.values());
        } else {
            update(manifests);
        }
    }

    private Applied applied(Manifest manifest) {
        Manifest before = objects.get(manifest.id());
        if (manifest.equals(before)) {
            return new Applied(manifest, Applied.Result.UNCHANGED);
        }
        store.save(manifest);
        objects.put(manifest.id(), manifest);
        return new Applied(manifest, before == null ? Applied.Result.CREATED : Applied.Result.CHANGED);
    }

    /**
     * Changes the number of replicas in an object's manifest.
     *
     * @throws HostException.Missing if there is no such object
     * @throws HostException.Refused if it has no replicas, or cannot have so many
     */
    public synchronized Applied scale(Kind kind, String namespace, String name, int replicas) {
        Manifest manifest = manifest(kind, namespace, name).orElseThrow(() -> missing(kind, namespace, name));
        return apply(List.of(Scaling.scaled(manifest, replicas))).getFirst();
    }

    /**
     * Stops an object and forgets it. Returns when it has stopped.
     *
     * @throws HostException.Missing if there is none
     */
    public void delete(Kind kind, String namespace, String name) {
        Optional<Kept> gone;
        synchronized (this) {
            String id = id(kind, namespace, name);
            if (!objects.containsKey(id)) {
                throw missing(kind, namespace, name);
            }
            store.delete(kind, namespace, name);
            Manifest removed = objects.remove(id);
            gone = Optional.ofNullable(kept.remove(new WorkloadId(kind, new WorkloadName(namespace, name))));
            gone.ifPresent(g -> stopping.add(g.controlled().name()));
            if (kind == Kind.WORKLOAD) {
                placed.remove(new WorkloadName(namespace, name));
            }
            if (Templates.isNamed(removed)) {
                changed(List.of(removed));
            } else {
                useRoutes();
                changes.happened();
            }
        }
        try {
            gone.ifPresent(Kept::close);
        } finally {
            gone.ifPresent(g -> stopped(g.controlled().name()));
        }
    }

    /** Another of the same name may have been waiting for that. */
    private synchronized void stopped(WorkloadName name) {
        stopping.remove(name);
        named(name).ifPresent(next -> update(next, new Templates(objects, sources())));
        changes.happened();
    }

    private static HostException.Missing missing(Kind kind, String namespace, String name) {
        return new HostException.Missing("there is no " + id(kind, namespace, name));
    }

    private void checkNotPlaced(Manifest manifest) {
        if (manifest.kind() == Kind.WORKLOAD && placed.has(WorkloadId.of(manifest).name())) {
            throw new HostException.Refused(manifest.id() + " cannot be applied: a scheduler has placed a workload of"
                    + " this name here; choose another name");
        }
    }

    /** Workloads that a scheduler places here. */
    public Placements placements() {
        return placements;
    }

    /**
     * Runs a workload that is not kept on disk.
     *
     * @param secrets that it names, by their names
     * @throws HostException.Refused if its name is taken
     */
    synchronized void place(Workload workload, Map<String, Map<String, String>> secrets) {
        checkOpen();
        WorkloadName name = WorkloadId.of(workload).name();
        if (named(name).isPresent()) {
            throw new HostException.Refused(workload.id() + " cannot be placed: one of this name was applied here");
        }
        placed.add(name, secrets);
        objects.put(workload.id(), workload);
        update(workload, new Templates(objects, sources()));
        changes.happened();
    }

    /** How a workload fares that was placed; empty if it is gone, or was not placed. */
    Optional<PlacementStatus> placement(WorkloadName name) {
        Optional<Kept> running;
        synchronized (this) {
            if (!placed.has(name)) {
                return Optional.empty();
            }
            running = keptPlacement(name);
        }
        return Optional.of(running.map(Kept::placement).orElse(new PlacementStatus(WorkloadState.STARTING, "")));
    }

    /** Waits, for so long at most, while a placed workload is about to start. */
    void awaitSettled(WorkloadName name, Duration within) throws InterruptedException {
        Optional<Kept> found = keptPlacement(name);
        if (found.isPresent()) {
            found.get().controlled().awaitSettled(within);
        }
    }

    private synchronized Optional<Kept> keptPlacement(WorkloadName name) {
        return Optional.ofNullable(kept.get(new WorkloadId(Kind.WORKLOAD, name)));
    }

    private void checkOpen() {
        if (closed) {
            throw new HostException.Refused("the host stops");
        }
    }

    /** What runs of these is told how it should be. */
    private void update(Collection<Manifest> manifests) {
        Templates templates = new Templates(objects, sources());
        manifests.forEach(manifest -> update(manifest, templates));
        changes.happened();
    }

    private void update(Manifest manifest, Templates templates) {
        if (closed) {
            return;
        }
        Optional<Desired> desired = templates.desired(manifest);
        Kept known = kept.get(WorkloadId.of(manifest));
        if (desired.isPresent() && known == null) {
            if (!stopping.contains(desired.get().template().name())) { // else when that has stopped
                start(manifest, desired.get());
            }
        } else if (desired.isPresent()) {
            known.controlled().want(desired.get());
        }
    }

    /** What runs under a name, or is to. */
    private Optional<Manifest> named(WorkloadName name) {
        return Stream.of(Kind.values())
                .filter(Kind::runs)
                .map(kind -> objects.get(id(kind, name.namespace(), name.name())))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private void start(Manifest manifest, Desired desired) {
        WorkloadId id = WorkloadId.of(manifest);
        Controlled controlled = new Controlled(id, desired, surroundings, telemetry.apply(id.name()));
        Optional<String> tenant = Optional.of(id.name().namespace()).filter(_ -> placed.has(id.name()));
        kept.put(id, new Kept(controlled, new RouteTable(controlled, policy.limits(), counts), tenant));
        controlled.start();
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

    /** All manifests, as they were applied. */
    public synchronized List<Manifest> manifests() {
        return List.copyOf(objects.values());
    }

    public synchronized Optional<Manifest> manifest(Kind kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(id(kind, namespace, name)));
    }

    private static String id(Kind kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }

    /** How everything that runs fares. */
    public List<Status> status() {
        List<Kept> all;
        synchronized (this) {
            all = List.copyOf(kept.values());
        }
        return all.stream().map(Kept::status).toList();
    }

    /** How many components run, services among them. */
    public int components() {
        List<Kept> all;
        synchronized (this) {
            all = List.copyOf(kept.values());
        }
        return all.stream().mapToInt(k -> k.controlled().components()).sum();
    }

    /** What a workload logs; empty if none of this name is kept. */
    public synchronized Optional<WorkloadLog> log(WorkloadName workload) {
        return kept.values().stream()
                .map(Kept::controlled)
                .filter(c -> c.name().equals(workload))
                .map(c -> c.telemetry().log())
                .findAny();
    }

    /** Of manifests and of how they fare. */
    public Changes changes() {
        return changes;
    }

    /** How many calls all workloads are at. */
    int calls() {
        List<Kept> all;
        synchronized (this) {
            all = List.copyOf(kept.values());
        }
        return all.stream()
                .flatMap(k -> k.controlled().replicas().stream())
                .mapToInt(replica -> replica.workload().calls())
                .sum();
    }

    /**
     * The time of grace begins. When requests have ended, or half of the time is over, workloads take no more calls by
     * messages and links either, and have what is left for those under way. Returns at once.
     */
    synchronized void quiesce() {
        closed = true;
        if (quiescing.isEmpty()) {
            surroundings.grace().begin();
            quiescing = Optional.of(Thread.ofVirtual().name("quiesce").start(this::quiesceCalls));
        }
    }

    private void quiesceCalls() {
        try {
            surroundings.grace().awaitRequests();
            List<Kept> all;
            synchronized (this) {
                all = List.copyOf(kept.values());
            }
            Together.forEach(all, each -> each.controlled().quiesce());
        } catch (InterruptedException e) {
            // closed in a hurry
        }
    }

    /**
     * Stops everything, when nobody brings requests any more; what was applied is there again when a host starts on the
     * same folder.
     */
    @Override
    public void close() {
        quiesce();
        surroundings.grace().requestsEnded();
        List<Kept> all;
        Thread calls;
        synchronized (this) {
            all = new ArrayList<>(kept.values());
            calls = quiescing.orElseThrow();
        }
        try {
            calls.join();
        } catch (InterruptedException e) {
            calls.interrupt();
            Thread.currentThread().interrupt();
        }
        try {
            Together.forEach(all.reversed(), Kept::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                kept.clear();
            }
        }
    }
}
