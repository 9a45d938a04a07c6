package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.messaging.Ends;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves a subscription: one loop on a virtual thread for each of its patterns, which begins again after failures. */
final class Loops implements MessagingBackend.Delivering {

    /** As much waits on this side for one pattern, beside what is in flight. */
    static final int PENDING_BYTES = 2 << 20;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    /** One pattern's loop. */
    interface Loop {

        /** Subscribes; waits for the server. */
        void open() throws Exception;

        /** Takes messages until something fails. */
        void run() throws Exception;

        /** Takes no more from the server, and delivers what has come from it already, unless that comes again elsewhere. */
        default void drain() throws Exception {}

        /** Unsubscribes, if it is subscribed. */
        void close();
    }

    /** Makes a pattern's loop. */
    interface Maker {
        Loop loop(String pattern, InFlight inFlight);
    }

    private final Subscription subscription;
    private final PluginHost host;
    private final InFlight inFlight;
    private final List<Loop> loops;
    private final List<Thread> threads = new ArrayList<>();
    private final long charged;
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean closed;

    Loops(Subscription subscription, PluginHost host, Maker maker) {
        this.subscription = subscription;
        this.host = host;
        this.inFlight = new InFlight(
                "messaging " + subscription.workload(),
                subscription.maxInFlight(),
                e -> host.log(subscription.workload() + ": a delivery failed: " + e));
        this.loops = subscription.subjects().stream()
                .map(pattern -> maker.loop(pattern, inFlight))
                .toList();
        this.charged = (long) PENDING_BYTES * loops.size();
    }

    /** @throws PluginException if it cannot begin; nothing is left then */
    Loops start() {
        if (!subscription.limiter().reserve(charged)) {
            throw new PluginException.Refused("the workload's memory limit leaves no room for "
                    + subscription.subjects().size() + " subscriptions; each takes " + PENDING_BYTES + " bytes");
        }
        try {
            for (Loop loop : loops) {
                open(loop);
            }
        } catch (RuntimeException | Error e) {
            loops.forEach(Loop::close);
            subscription.limiter().release(charged);
            throw e;
        }
        loops.forEach(loop -> threads.add(Thread.ofVirtual()
                .name("messaging " + subscription.workload())
                .start(() -> keepRunning(loop))));
        return this;
    }

    private static void open(Loop loop) {
        try {
            loop.open();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException.Unavailable("interrupted while subscribing", e);
        } catch (Exception e) {
            throw new PluginException.Unavailable("NATS does not take the subscription: " + e.getMessage(), e);
        }
    }

    private void keepRunning(Loop loop) {
        String told = "";
        try {
            while (true) {
                try {
                    loop.run();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    String why = String.valueOf(e.getMessage());
                    if (!told.equals(why)) {
                        host.log(subscription.workload() + ": a subscription is made again: " + why);
                        told = why;
                    }
                    loop.close();
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException _) {
            drain(loop);
        } finally {
            loop.close();
        }
    }

    private void drain(Loop loop) {
        if (closed) {
            return;
        }
        try {
            loop.drain();
        } catch (InterruptedException _) {
            // closed
        } catch (Exception e) {
            host.log(subscription.workload() + ": messages may be lost at the end of a subscription: " + e.getMessage());
        }
    }

    @Override
    public void drain(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        if (!draining.getAndSet(true)) {
            threads.forEach(Thread::interrupt);
        }
        Ends.await(threads, grace);
        inFlight.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    @Override
    public void close() {
        try {
            long end = System.nanoTime() + LONGEST_END.toNanos();
            closed = true;
            threads.forEach(Thread::interrupt);
            Ends.await(threads, LONGEST_END);
            inFlight.end(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.limiter().release(charged);
        }
    }
}
