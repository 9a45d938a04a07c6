package dev.virga.operator;

import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostRegistry;
import dev.virga.operator.placement.HostCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps an object of each host that reports, as long as this operator leads. */
final class HostObjects implements AutoCloseable {

    private final HostRegistry registry;
    private final HostReconciler reconciler;
    private final Duration resync;
    private final Consumer<String> log;
    private final LinkedHashSet<String> changed = new LinkedHashSet<>(); // guarded by this, of hosts that the registry knows
    private final Thread writer;

    HostObjects(HostRegistry registry, HostReconciler reconciler, Duration resync, Consumer<String> log) {
        this.registry = registry;
        this.reconciler = reconciler;
        this.resync = resync;
        this.log = log;
        this.writer = Thread.ofVirtual().name("host objects").start(this::write);
    }

    /** A host has come, tells something else of itself, or is gone. */
    synchronized void changed(String host) {
        if (registry.isKnown(host)) {
            changed.add(host);
            notifyAll();
        } else {
            changed.remove(host);
        }
    }

    /** Nothing if no host has changed for some time. */
    private synchronized Optional<String> next() throws InterruptedException {
        if (changed.isEmpty()) {
            wait(resync.toMillis());
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(changed.removeFirst());
    }

    private void write() {
        registry.hosts().forEach(this::show);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                next().ifPresentOrElse(
                        id -> registry.host(id).ifPresent(this::show),
                        () -> registry.hosts().stream().filter(h -> !reconciler.isShown(h)).forEach(this::show));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void show(Host host) {
        // An object may be deleted so that its host drains.
        if (Thread.currentThread().isInterrupted() // closed
                || host.view().condition() == HostCondition.DRAINING
                || reconciler.isTaken(host)) {
            return;
        }
        try {
            reconciler.show(host);
        } catch (KubernetesClientException e) { // the next round tries again
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            log.accept("the object of host " + host.id() + " could not be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
