package dev.virga.host;

import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Metadata;
import dev.virga.host.manifest.Workload;
import dev.virga.host.workload.WorkloadState;
import dev.virga.plugin.WorkloadName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Workloads that a scheduler has placed on this host, by the scheduler's ids. They are the host's objects like those
 * that were applied, but are not kept on disk: what may run after a new start only the scheduler knows. Used by many
 * threads; {@link #start} and {@link #stop} return at once, and take effect in the order of the calls.
 */
public final class Placements {

    private static final int MOST = 10_000;

    /** One of them. The lock of the placements guards it. */
    private static final class Placement {
        private final WorkloadName name;
        private final Metadata metadata;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch gone = new CountDownLatch(1);
        private boolean stopping;
        private String failure = "";

        Placement(WorkloadName name, Metadata metadata) {
            this.name = name;
            this.metadata = metadata;
        }
    }

    private final Host host;
    private final Map<String, Placement> byId = new HashMap<>();
    private final Map<WorkloadName, Thread> last = new HashMap<>();
    private boolean draining;

    Placements(Host host) {
        this.host = host;
    }

    /**
     * Starts a workload; nothing happens if there is one of this id. A name is one workload's: an older one of the
     * same name, whose stop the scheduler could not tell, is stopped before.
     *
     * @param secrets that it names, by their names; values by key
     * @throws HostException.Refused if there are too many, or the host drains
     */
    public synchronized void start(String id, Workload workload, Map<String, Map<String, String>> secrets) {
        WorkloadName name = WorkloadId.of(workload).name();
        if (find(id).isPresent()) {
            return;
        }
        if (draining) {
            throw new HostException.Refused("this host is about to stop and takes no more workloads; place it elsewhere");
        }
        if (byId.size() >= MOST) {
            throw new HostException.Refused("this host has " + MOST + " placed workloads, and takes no more");
        }
        List<String> older = byId.entrySet().stream()
                .filter(e -> e.getValue().name.equals(name))
                .map(Map.Entry::getKey)
                .toList();
        older.forEach(this::stop);
        Placement placement = new Placement(name, workload.metadata());
        byId.put(id, placement);
        inOrder(name, () -> begin(placement, workload, secrets));
    }

    private void begin(Placement placement, Workload workload, Map<String, Map<String, String>> secrets) {
        try {
            host.place(workload, secrets);
        } catch (HostException e) {
            synchronized (this) {
                placement.failure = e.getMessage();
            }
        } finally {
            placement.begun.countDown();
        }
    }

    /** Those that are here and have not been told to stop, by their ids. */
    public synchronized Map<String, Metadata> all() {
        Map<String, Metadata> all = new HashMap<>();
        byId.forEach((id, placement) -> {
            if (!placement.stopping) {
                all.put(id, placement.metadata);
            }
        });
        return all;
    }

    /** Stops a workload, after the calls that it is at. False if there is none of this id. */
    public synchronized boolean stop(String id) {
        Optional<Placement> found = find(id);
        found.filter(p -> !p.stopping).ifPresent(placement -> {
            placement.stopping = true;
            inOrder(placement.name, () -> end(id, placement));
        });
        return found.isPresent();
    }

    private void end(String id, Placement placement) {
        try {
            if (host.placement(placement.name).isPresent()) {
                host.delete(Kind.WORKLOAD, placement.name.namespace(), placement.name.name());
            }
        } catch (HostException.Missing e) {
            // somebody else has deleted it
        } finally {
            synchronized (this) {
                byId.remove(id, placement);
                notifyAll();
            }
            placement.gone.countDown();
        }
    }

    /** Does something after all that is done with this name already. */
    private void inOrder(WorkloadName name, Runnable step) {
        Optional<Thread> before = Optional.ofNullable(last.get(name));
        Thread mine = Thread.ofVirtual().name("placement " + name).unstarted(() -> {
            try {
                if (before.isPresent()) {
                    before.get().join();
                }
                step.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does
            } finally {
                synchronized (this) {
                    last.remove(name, Thread.currentThread());
                }
            }
        });
        last.put(name, mine);
        mine.start();
    }

    /** Without those that somebody has deleted from the host. */
    private Optional<Placement> find(String id) {
        Placement found = byId.get(id);
        boolean deleted = found != null && !found.stopping && found.failure.isEmpty() && found.begun.getCount() == 0
                && host.placement(found.name).isEmpty();
        if (deleted) {
            byId.remove(id);
        }
        return deleted ? Optional.empty() : Optional.ofNullable(found);
    }

    /** How a workload fares; empty if there is none of this id. */
    public synchronized Optional<PlacementStatus> status(String id) {
        return find(id).map(placement -> {
            if (placement.stopping) {
                return new PlacementStatus(WorkloadState.STOPPING, "");
            }
            if (!placement.failure.isEmpty()) {
                return new PlacementStatus(WorkloadState.ERROR, placement.failure);
            }
            return Optional.of(placement)
                    .filter(p -> p.begun.getCount() == 0)
                    .flatMap(p -> host.placement(p.name))
                    .orElse(new PlacementStatus(WorkloadState.STARTING, ""));
        });
    }

    /** Waits, for so long at most, until a workload that starts has started or failed. */
    public void awaitStart(String id, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        Optional<Placement> placement = known(id);
        if (placement.isPresent() && placement.get().begun.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
            host.awaitSettled(placement.get().name, Duration.ofNanos(end - System.nanoTime()));
        }
    }

    /** Waits, for so long at most, until a workload that stops has stopped. */
    public void awaitStop(String id, Duration within) throws InterruptedException {
        Optional<Placement> placement = known(id).filter(p -> p.stopping);
        if (placement.isPresent()) {
            placement.get().gone.await(within.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Takes no more. */
    synchronized void drain() {
        draining = true;
    }

    /** Waits, for so long at most, until the scheduler has stopped all. */
    public synchronized void awaitNone(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        for (long left = within.toNanos(); !byId.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private synchronized Optional<Placement> known(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
