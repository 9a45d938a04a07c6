package dev.virga.operator;

import dev.virga.host.manifest.ConfigException;
import dev.virga.host.manifest.Workload;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.operator.hosts.HostException;
import dev.virga.operator.placement.HostView;
import dev.virga.operator.placement.Placement;
import dev.virga.operator.placement.PlacementRequest;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One look at a workload: what is so, what is done, what its status says then. */
final class WorkloadLook {

    static final String CONFIG = "Config";
    static final String SELECTION = "HostSelection";
    static final String PLACEMENT = "Placement";
    static final String SYNC = "Sync";

    private static final int MOST_LEFT = 8;

    /** A host that has been gone for so long does not come back with what it ran. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Shared shared;
    private final WorkloadObject workload;
    private final String id;
    private final Conditions conditions;
    private final Set<String> left;
    private final Set<String> leftUnready;
    private String host;
    private String environment;
    private String workloadId;
    private String startedAs;

    WorkloadLook(Shared shared, WorkloadObject workload) {
        WorkloadStatus status = workload.status();
        this.shared = shared;
        this.workload = workload;
        this.id = workload.getMetadata().getUid();
        this.conditions = new Conditions(
                status, workload.getMetadata().getGeneration(), shared.clock().instant());
        this.left = new LinkedHashSet<>(status.leftOn());
        this.leftUnready = new LinkedHashSet<>(status.leftUnready());
        this.host = status.hostId();
        this.environment = status.environment();
        this.workloadId = status.workloadId();
        this.startedAs = status.startedAs();
    }

    /** @param persist writes a status before something is done that it says; false if the object has changed */
    boolean run(Predicate<WorkloadStatus> persist) {
        leaveHostThatIsNoMore();
        String digest = digest();
        Optional<WorkloadStartRequest> start = start(digest);
        if (host.isEmpty()) {
            select();
            // Two operators, or one with an old view, must not both start it.
            if (!host.isEmpty() && !persist.test(statusBeforeStart())) {
                shared.assignments().release(id);
                return false;
            }
        } else {
            conditions.yes(SELECTION, "Selected", "host " + host);
            if (shared.assignments().of(id).filter(a -> a.host().equals(host)).isEmpty()) {
                shared.assignments().assign(id, host, PlacementRequests.of(workload, shared.settings().sharedHosts()));
            }
        }
        place(start, digest);
        if (conditions.isTrue(PLACEMENT, SYNC)) {
            conditions.yes(Condition.READY, "Running", "it runs on host " + host);
            stopWhereItWasLeft();
        } else {
            conditions.no(Condition.READY, "NotRunning", "it is not placed, or does not run");
        }
        return persist.test(status());
    }

    private void leaveHostThatIsNoMore() {
        if (!host.isEmpty() && shared.isGone(host)) {
            leave("HostGone", "host " + host + " is gone");
        } else if (!host.isEmpty() && shared.drains(host)) {
            leave("HostDrains", "host " + host + " drains");
        }
    }

    /** It may go on running there until it runs elsewhere; requests go there only if it was ready. */
    private void leave(String reason, String message) {
        left.add(host);
        if (!workload.status().isReady()) {
            leftUnready.add(host);
        }
        if (left.size() > MOST_LEFT) {
            left.remove(left.iterator().next());
        }
        unplace(reason, message);
    }

    private void unplace(String reason, String message) {
        shared.events().record(workload, true, reason, message + "; the workload is placed anew");
        shared.assignments().release(id);
        host = "";
        environment = "";
        workloadId = "";
        startedAs = "";
    }

    private String digest() {
        String config;
        try {
            config = StartRequests.configDigest(
                    workload.getMetadata().getNamespace(), workload.spec(), shared.config());
        } catch (ConfigException e) {
            config = ""; // a start will say so
        }
        return Names.digest(Trees.canonical(workload.spec()) + workload.virga().map(Trees::canonical).orElse("") + config);
    }

    /** What the host has to be sent, if it has to be sent anything. */
    private Optional<WorkloadStartRequest> start(String digest) {
        // A set replaces its workloads; those of another operator are taken as they are.
        boolean replaced = !workload.getMetadata().getOwnerReferences().isEmpty() || startedAs.isEmpty();
        if (!workloadId.isEmpty() && (replaced || startedAs.equals(digest))) {
            conditions.yes(CONFIG, "Complete", "all that the manifest names is there");
            return Optional.empty();
        }
        try {
            Workload manifest = Read.manifest(Workload.class, workload);
            WorkloadStartRequest request = StartRequests.of(
                    id, manifest, workload.getMetadata().getAnnotations(), shared.scheduler(), shared.config());
            conditions.yes(CONFIG, "Complete", "all that the manifest names is there");
            return Optional.of(request);
        } catch (Read.Invalid e) {
            conditions.no(CONFIG, "InvalidManifest", e.getMessage());
        } catch (ConfigException | dev.virga.host.HostException.Refused e) {
            conditions.no(CONFIG, "ConfigMissing", e.getMessage());
        }
        return Optional.empty();
    }

    private void select() {
        if (!conditions.isTrue(CONFIG)) {
            conditions.unknown(SELECTION, "WaitsForConfig", "the manifest is not complete");
            return;
        }
        PlacementRequest request = PlacementRequests.of(workload, shared.settings().sharedHosts());
        if (!shared.settings().sharedHosts() && !request.environment().equals(Optional.of(request.namespace()))) {
            conditions.no(SELECTION, "CrossEnvironmentSchedulingDenied",
                    "environment " + request.environment().orElse("") + " is not the namespace " + request.namespace()
                            + ", and the operator does not share hosts; leave spec.environment out");
            return;
        }
        String pinned = workload.field("hostId").asText("");
        List<HostView> hosts = shared.hosts().registry().views().stream()
                .filter(h -> pinned.isEmpty() || h.id().equals(pinned))
                .toList();
        if (hosts.isEmpty() && !pinned.isEmpty()) {
            conditions.no(SELECTION, "Unplaceable", "there is no host with the id " + pinned);
            return;
        }
        switch (shared.assignments().place(id, request, hosts)) {
            case Placement.Placed(HostView chosen) -> {
                host = chosen.id();
                environment = chosen.environment().orElse("");
                left.remove(host);
                leftUnready.remove(host);
                conditions.yes(SELECTION, "Selected", "host " + host);
            }
            case Placement.Unplaceable unplaceable -> conditions.no(SELECTION, "Unplaceable", unplaceable.message());
        }
    }

    private void place(Optional<WorkloadStartRequest> start, String digest) {
        if (host.isEmpty() || (start.isEmpty() && workloadId.isEmpty())) {
            conditions.unknown(PLACEMENT, "WaitsForHost", "there is no host for it yet");
            conditions.unknown(SYNC, "NotPlaced", "it is not placed yet");
            return;
        }
        try {
            dev.virga.hostapi.message.WorkloadStatus answer;
            if (start.isPresent()) {
                if (!workloadId.isEmpty()) {
                    shared.hosts().commands().stop(host, id);
                }
                answer = shared.hosts().commands().start(host, start.get());
                workloadId = id;
                startedAs = digest;
            } else {
                answer = shared.hosts().commands().status(host, id);
            }
            conditions.yes(PLACEMENT, "Placed", "host " + host + " has been told to run it");
            sync(answer);
        } catch (HostException e) {
            if (workloadId.isEmpty()) {
                conditions.no(PLACEMENT, "HostUnreachable", e.getMessage());
                conditions.unknown(SYNC, "NotPlaced", "it is not placed yet");
                if (isOfThatHost(e) && hasHadItsTime(PLACEMENT)) {
                    shared.assignments().failed(id);
                    leave("HostUnreachable", "host " + host + " reports, but does not take it");
                }
            } else { // what runs goes on, whoever cannot hear of it
                conditions.yes(PLACEMENT, "Placed", "host " + host + " has been told to run it");
                conditions.keep(SYNC, "HostUnreachable", e.getMessage());
            }
        }
    }

    private boolean hasHadItsTime(String condition) {
        Instant since = Instant.parse(conditions.get(condition).lastTransitionTime());
        return !since.plus(shared.timing().failed()).isAfter(shared.clock().instant());
    }

    /** Or else another host would fare no better. */
    private static boolean isOfThatHost(HostException e) {
        return switch (e) {
            case HostException.Absent _, HostException.TimedOut _, HostException.Unreadable _ -> true;
            case HostException.NotConnected _, HostException.Unsendable _ -> false;
        };
    }

    private void sync(dev.virga.hostapi.message.WorkloadStatus answer) {
        switch (answer.workloadState()) {
            case RUNNING -> conditions.yes(SYNC, "Running", "it runs");
            case COMPLETED -> conditions.yes(SYNC, "Completed", "it has ended as it should");
            case STARTING -> conditions.unknown(SYNC, "Starting", said(answer, "it starts"));
            case STOPPING -> conditions.unknown(SYNC, "Stopping", said(answer, "it stops"));
            case ERROR -> {
                conditions.no(SYNC, "Failed", said(answer, "it has failed"));
                if (hasHadItsTime(SYNC)) {
                    shared.hosts().commands().stop(host, id);
                    shared.assignments().failed(id);
                    unplace("Failed", "it does not run on host " + host);
                }
            }
            case NOT_FOUND -> {
                conditions.no(SYNC, "NotFound", "host " + host + " does not know it; it is started again");
                workloadId = "";
            }
            case UNSPECIFIED -> conditions.unknown(SYNC, "Unknown", said(answer, "the host does not tell"));
        }
    }

    private static String said(dev.virga.hostapi.message.WorkloadStatus answer, String otherwise) {
        return answer.message().isEmpty() ? otherwise : answer.message();
    }

    /** Where a workload has been, it goes on until requests go to its new place. */
    private void stopWhereItWasLeft() {
        if (isReadyFor(Endings.HANDOVER)) {
            left.removeIf(where -> !where.equals(host) && stopped(where));
        }
    }

    private boolean isReadyFor(Duration time) {
        Instant since = Instant.parse(conditions.get(Condition.READY).lastTransitionTime());
        return !since.plus(time).isAfter(shared.clock().instant());
    }

    private boolean stopped(String where) {
        if (shared.isGone(where)) { // it may come back, and still run it
            return isReadyFor(FORGOTTEN);
        }
        try {
            shared.hosts().commands().stop(where, id);
            return true;
        } catch (HostException e) {
            return false;
        }
    }

    private WorkloadStatus statusBeforeStart() {
        for (String type : List.of(PLACEMENT, SYNC, Condition.READY)) {
            conditions.unknown(type, "Starts", "the host is about to be told");
        }
        return status();
    }

    Conditions conditions() {
        return conditions;
    }

    WorkloadStatus status() {
        List<String> unready = leftUnready.stream().filter(left::contains).toList();
        return new WorkloadStatus(
                conditions.all(), host, environment, workloadId, List.copyOf(left), unready, startedAs);
    }
}
