package dev.virga.operator;

import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostRegistry;
import dev.virga.operator.placement.HostCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps an object of each host that reports, as long as this operator leads. */
final class HostObjects implements AutoCloseable {

    private final HostRegistry registry;
    private final HostReconciler reconciler;
    private final Duration resync;
    private final Consumer<String> log;
    private final BlockingQueue<String> changed = new LinkedBlockingQueue<>();
    private final Thread writer;

    HostObjects(HostRegistry registry, HostReconciler reconciler, Duration resync, Consumer<String> log) {
        this.registry = registry;
        this.reconciler = reconciler;
        this.resync = resync;
        this.log = log;
        this.writer = Thread.ofVirtual().name("host objects").start(this::write);
    }

    /** A host has come, or tells something else of itself. */
    void changed(String host) {
        changed.add(host);
    }

    private void write() {
        registry.hosts().forEach(this::show);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String id = changed.poll(resync.toMillis(), TimeUnit.MILLISECONDS);
                if (id != null) {
                    registry.host(id).ifPresent(this::show);
                } else {
                    registry.hosts().stream().filter(h -> !reconciler.isShown(h)).forEach(this::show);
                }
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
