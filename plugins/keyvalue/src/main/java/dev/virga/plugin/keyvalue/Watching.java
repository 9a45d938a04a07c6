package dev.virga.plugin.keyvalue;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Guests;
import dev.virga.plugin.Incoming;
import dev.virga.plugin.InstanceContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells a workload of a bucket's changes, one after the other. Of several changes to a key that has not been told
 * yet the last one is told; where too many keys wait, further ones are left out.
 */
final class Watching implements AutoCloseable {

    private static final int MOST_WAITING = 1000;
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private final String title;
    private final Consumer<String> log;
    private final Set<String> waiting = new LinkedHashSet<>();
    private long leftOut;
    private long logged = System.nanoTime() - QUIET;
    private boolean closed;
    private AutoCloseable subscription = () -> {};
    private Thread thread = Thread.currentThread();

    private Watching(String title, Consumer<String> log) {
        this.title = title;
        this.log = log;
    }

    static <W> Watching start(
            KeyValueBinding binding, String bucket, Guests guests, Served.Export<W> export, Consumer<String> log) {
        Watching watching = new Watching(binding.grant().workload() + ": watching the bucket " + bucket, log);
        Bucket source = binding.bucket(bucket);
        watching.subscription = source.watch(watching::changed);
        Incoming cause = new Incoming(binding.system(), bucket, Map.of());
        Map<InstanceContext, OpenBuckets> opened = new ConcurrentHashMap<>(); // a warm instance is told more than once
        watching.thread = Thread.ofVirtual().name("keyvalue-watch").start(() -> watching.run(key -> {
            Optional<byte[]> value = source.get(key);
            charged(guests.limiter(), value.map(v -> v.length).orElse(0), () ->
                    guests.call(export.handled(), cause, (W watcher, InstanceContext instance) -> {
                        OpenBuckets buckets = opened.computeIfAbsent(instance, i -> {
                            i.onClose(() -> opened.remove(i));
                            return new OpenBuckets(binding, i);
                        });
                        export.tell(watcher, buckets.open(bucket), key, value);
                        return true;
                    }));
        }));
        return watching;
    }

    private static void charged(Limiter limiter, long bytes, Runnable task) {
        if (!limiter.reserve(bytes)) {
            throw new KeyValueException(
                    KeyValueException.Reason.QUOTA, "the workload's memory limit leaves no room for the value");
        }
        try {
            task.run();
        } finally {
            limiter.release(bytes);
        }
    }

    private synchronized void changed(String key) {
        if (closed || waiting.contains(key)) {
            return;
        }
        if (waiting.size() == MOST_WAITING) {
            leftOut++;
            return;
        }
        waiting.add(key);
        notifyAll();
    }

    private void run(Consumer<String> tell) {
        for (Optional<String> key = next(); key.isPresent(); key = next()) {
            try {
                tell.accept(key.get());
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    /** None after the end. */
    private synchronized Optional<String> next() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return Optional.empty(); // by close
            }
        }
        if (closed) {
            return Optional.empty();
        }
        String key = waiting.iterator().next();
        waiting.remove(key);
        return Optional.of(key);
    }

    /** The guest may fail each time, so not each failure is told. */
    private synchronized void failed(Throwable e) {
        long now = System.nanoTime();
        if (closed || now - logged < QUIET) {
            leftOut++;
            return;
        }
        logged = now;
        log.accept(title + ": " + e.getMessage() + (leftOut == 0 ? "" : " (" + leftOut + " others not told)"));
        leftOut = 0;
    }

    /** Waits for the call that is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            subscription.close();
        } catch (Exception e) {
            log.accept(title + ": cannot be ended: " + e.getMessage());
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
