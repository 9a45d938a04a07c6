package dev.virga.operator;

import dev.virga.operator.resource.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** Events of objects, written one after the other behind the work that they tell of. */
final class Events implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final int LONGEST_MESSAGE = 1000;
    private static final int LONGEST_NAME = 253;
    private static final String COMPONENT = "virga-operator";

    private final KubernetesClient client;
    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder leftOut = new LongAdder();
    private final Thread writer;

    Events(KubernetesClient client) {
        this.client = client;
        this.writer = Thread.ofVirtual().name("events").start(this::write);
    }

    /** Of each failure, and of an object that is ready or is not any more; not of each step on the way. */
    void transitions(HasMetadata object, List<Condition> changed) {
        changed.stream()
                .filter(c -> c.status().equals(Condition.FALSE) || c.type().equals(Condition.READY))
                .forEach(c -> record(
                        object, c.status().equals(Condition.FALSE), c.reason(), c.type() + ": " + c.message()));
    }

    /** Never waits: what is too much is left out, and counted. */
    void record(HasMetadata object, boolean warning, String reason, String message) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String suffix = "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String name = object.getMetadata().getName();
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix)
                .withNamespace(object.getMetadata().getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(name)
                .withNamespace(object.getMetadata().getNamespace())
                .withUid(object.getMetadata().getUid())
                .endInvolvedObject()
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason)
                .withMessage(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)))
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
        if (!waiting.offer(event)) {
            leftOut.increment();
        }
    }

    long leftOut() {
        return leftOut.sum();
    }

    private void write() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                client.resource(waiting.take()).create();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (KubernetesClientException e) { // also if the namespace is gone
                leftOut.increment();
            }
        }
    }

    /** What still waits is left out. */
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
