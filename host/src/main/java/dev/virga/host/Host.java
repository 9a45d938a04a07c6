package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.Workload;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.host.workload.WorkloadState;
import dev.virga.ingress.Router;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.WorkloadLog;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps what was applied running, and routes requests to it. Used by many threads. */
public final class Host implements AutoCloseable {

    private final HostObjects objects;
    private final Workloads workloads;
    private final Shutdown shutdown;
    private final Placements placements = new Placements(this);
    private final Changes changes = new Changes();
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
        this.objects = new HostObjects(store, problems);
        this.workloads = new Workloads(
                policy,
                routesChanged -> new Surroundings(resolver, runtime, this::sources, routesChanged, grace),
                telemetry,
                counts,
                changes);
        this.shutdown = new Shutdown(grace, workloads);
        synchronized (this) {
            update(objects.all());
        }
    }

    /** Answers all requests by what runs here. */
    public Router router() {
        return workloads.router();
    }

    private synchronized ConfigSources sources() {
        return objects.sources();
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
        Names names = new Names(objects.all());
        manifests.forEach(names::take);
        List<Applied> applied = new ArrayList<>();
        try {
            manifests.forEach(manifest -> applied.add(objects.apply(manifest)));
        } finally {
            changed(manifests);
        }
        manifests.forEach(m -> workloads.find(WorkloadId.of(m)).ifPresent(k -> k.controlled().state().retry()));
        return applied;
    }

    /** What is named by others has an effect on all of them; anything else on itself only. */
    private void changed(List<Manifest> manifests) {
        update(manifests.stream().anyMatch(Templates::isNamed) ? objects.all() : manifests);
    }

    /**
     * Changes the number of replicas in an object's manifest.
     *
     * @throws HostException.Missing if there is no such object
     * @throws HostException.Refused if it has no replicas, or cannot have so many
     */
    public synchronized Applied scale(Kind kind, String namespace, String name, int replicas) {
        Manifest manifest = objects.require(kind, namespace, name);
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
            Manifest removed = objects.remove(kind, namespace, name);
            gone = workloads.remove(WorkloadId.of(removed));
            if (Templates.isNamed(removed)) {
                changed(List.of(removed));
            } else {
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
        workloads.stopped(name);
        objects.named(name).ifPresent(next -> update(next, objects.templates()));
        changes.happened();
    }

    private void checkNotPlaced(Manifest manifest) {
        if (manifest.kind() == Kind.WORKLOAD && objects.isPlaced(WorkloadId.of(manifest).name())) {
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
        if (objects.named(WorkloadId.of(workload).name()).isPresent()) {
            throw new HostException.Refused(workload.id() + " cannot be placed: one of this name was applied here");
        }
        objects.place(workload, secrets);
        update(List.of(workload));
    }

    /** How a workload fares that was placed; empty if it is gone, or was not placed. */
    Optional<PlacementStatus> placement(WorkloadName name) {
        Optional<Kept> running;
        synchronized (this) {
            if (!objects.isPlaced(name)) {
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
            found.get().controlled().state().awaitSettled(within);
        }
    }

    private Optional<Kept> keptPlacement(WorkloadName name) {
        return workloads.find(new WorkloadId(Kind.WORKLOAD, name));
    }

    private void checkOpen() {
        if (closed) {
            throw new HostException.Refused("the host stops");
        }
    }

    /** What runs of these is told how it should be. */
    private void update(List<Manifest> manifests) {
        Templates templates = objects.templates();
        manifests.forEach(manifest -> update(manifest, templates));
        changes.happened();
    }

    private void update(Manifest manifest, Templates templates) {
        if (!closed) {
            WorkloadId id = WorkloadId.of(manifest);
            Optional<String> tenant = Optional.of(id.name().namespace()).filter(_ -> objects.isPlaced(id.name()));
            templates.desired(manifest).ifPresent(desired -> workloads.want(id, desired, tenant));
        }
    }

    /** All manifests, as they were applied. */
    public synchronized List<Manifest> manifests() {
        return objects.all();
    }

    public synchronized Optional<Manifest> manifest(Kind kind, String namespace, String name) {
        return objects.find(kind, namespace, name);
    }

    /** How everything that runs fares. */
    public List<Status> status() {
        return workloads.status();
    }

    /** How many components run, services among them. */
    public int components() {
        return workloads.components();
    }

    /** What a workload logs; empty if none of this name is kept. */
    public Optional<WorkloadLog> log(WorkloadName workload) {
        return workloads.log(workload);
    }

    /** Of manifests and of how they fare. */
    public Changes changes() {
        return changes;
    }

    /** How many calls all workloads are at. */
    int calls() {
        return workloads.calls();
    }

    /**
     * The time of grace begins. When requests have ended, or half of the time is over, workloads take no more calls by
     * messages and links either, and have what is left for those under way. Returns at once.
     */
    synchronized void quiesce() {
        closed = true;
        shutdown.begin();
    }

    /**
     * Stops everything, when nobody brings requests any more; what was applied is there again when a host starts on the
     * same folder.
     */
    @Override
    public void close() {
        quiesce();
        shutdown.end();
    }
}
