package dev.virga.operator.endpoints;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Keeps the slices of services as they should be: who is told of a change writes them at once, one write after the
 * other for a service, and again after a failure. Changes that come meanwhile are one.
 */
final class EndpointKeeper implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Services that are written at the same time. */
    private static final int AT_A_TIME = 32;

    private record Key(String namespace, String service) {}

    private final KubernetesClient client;
    private final EndpointSlices slices;
    private final BiFunction<String, String, Optional<Collection<Target>>> targets;
    private final BiConsumer<String, String> written;
    private final Consumer<Service> refused;
    private final Consumer<String> log;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Map<Key, Thread> working = new HashMap<>();
    private final Set<Key> changed = new HashSet<>();
    private final Set<Key> told = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /**
     * @param targets of a service, by its namespace and name, as they are now; empty if nothing is to be written yet
     * @param written told of a service whose slices have the targets that were asked for last, or has none
     * @param refused told once of each service whose endpoints others say
     * @param log for people; one line
     */
    EndpointKeeper(
            KubernetesClient client,
            BiFunction<String, String, Optional<Collection<Target>>> targets,
            BiConsumer<String, String> written,
            Consumer<Service> refused,
            Consumer<String> log) {
        this.client = client;
        this.slices = new EndpointSlices(client);
        this.targets = targets;
        this.written = written;
        this.refused = refused;
        this.log = log;
    }

    /** Something has changed that a service's endpoints depend on. Returns at once. */
    synchronized void changed(String namespace, String service) {
        Key key = new Key(namespace, service);
        if (closed) {
            return;
        }
        changed.add(key);
        if (!working.containsKey(key)) {
            Thread worker = Thread.ofVirtual().name("endpoints of " + key).unstarted(() -> work(key));
            working.put(key, worker);
            worker.start();
        }
    }

    private void work(Key key) {
        Duration pause = FIRST_PAUSE;
        try {
            while (hasChanged(key)) {
                try {
                    write(key);
                    pause = FIRST_PAUSE;
                } catch (RuntimeException e) { // whatever it was, the next change must find somebody to write it
                    log.accept("the endpoints of service " + key.namespace() + "/" + key.service()
                            + " cannot be written, and will be again: " + e.getMessage());
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                    changed(key.namespace(), key.service());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** False if this thread has nothing more to do; the next change has another one. */
    private synchronized boolean hasChanged(Key key) {
        boolean more = changed.remove(key) && !closed;
        if (!more) {
            working.remove(key);
        }
        return more;
    }

    private void write(Key key) throws InterruptedException {
        free.acquire();
        try {
            Service service = client.services().inNamespace(key.namespace()).withName(key.service()).get();
            Optional<Collection<Target>> now = targets.apply(key.namespace(), key.service());
            if (service == null) { // its slices are gone with it, or it comes and somebody tells
                told.remove(key);
            } else if (isOthers(service)) {
                slices.apply(service, List.of());
                if (now.filter(t -> !t.isEmpty()).isPresent() && told.add(key)) {
                    refused.accept(service);
                }
            } else {
                told.remove(key);
                if (now.isEmpty()) {
                    return;
                }
                slices.apply(service, now.get());
            }
            written.accept(key.namespace(), key.service());
        } finally {
            free.release();
        }
    }

    /** Whoever may name a service in a manifest may not take the requests to its pods, or to another name. */
    private static boolean isOthers(Service service) {
        return !Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of()).isEmpty()
                || "ExternalName".equals(service.getSpec().getType());
    }

    /** Ends what is under way; what is not written then the next one writes. */
    @Override
    public void close() {
        Map<Key, Thread> last;
        synchronized (this) {
            closed = true;
            last = Map.copyOf(working);
        }
        last.values().forEach(Thread::interrupt);
        try {
            for (Thread worker : last.values()) {
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
