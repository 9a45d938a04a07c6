package dev.virga.plugin.messaging;

import dev.virga.plugin.PluginHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one subscription. As many virtual threads as may be in flight are started when there is something
 * to do, and end when there is not. Guarded by its space's lock where nothing else is said.
 */
final class MemoryQueue implements MessagingBackend.Delivering {

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final MemorySpace space;
    private final Subscription subscription;
    private final Receiver receiver;
    private final int maxMessages;
    private final long maxBytes;
    private final PluginHost host;
    private final Queue<Message> waiting = new ArrayDeque<>();
    private final Set<Thread> workers = new HashSet<>();
    private long bytes;
    private int reserved;
    private boolean closed;

    MemoryQueue(
            MemorySpace space,
            Subscription subscription,
            Receiver receiver,
            int maxMessages,
            long maxBytes,
            PluginHost host) {
        this.space = space;
        this.subscription = subscription;
        this.receiver = receiver;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.host = host;
    }

    Subscription subscription() {
        return subscription;
    }

    boolean wants(String subject) {
        return subscription.subjects().stream().anyMatch(pattern -> Subjects.matches(pattern, subject));
    }

    /** Whether there is room; then {@link #put} or {@link #unreserve} follows. */
    boolean reserve(Message message) {
        long more = message.bytes();
        // a message that is longer than the whole queue may wait alone
        if (reserved == maxMessages || (reserved > 0 && bytes + more > maxBytes)
                || !subscription.limiter().reserve(more)) {
            return false;
        }
        reserved++;
        bytes += more;
        return true;
    }

    void unreserve(Message message) {
        long less = message.bytes();
        reserved--;
        bytes -= less;
        subscription.limiter().release(less);
    }

    void put(Message message) {
        waiting.add(message);
        if (workers.size() < subscription.maxInFlight()) {
            Thread worker = Thread.ofVirtual().name("messaging " + subscription.workload()).unstarted(this::work);
            workers.add(worker);
            worker.start();
        }
    }

    private void work() {
        ReentrantLock lock = space.lock;
        while (true) {
            Message message;
            lock.lock();
            try {
                message = closed ? null : waiting.poll();
                if (message == null) {
                    workers.remove(Thread.currentThread());
                    return;
                }
                unreserve(message);
            } finally {
                lock.unlock();
            }
            try {
                receiver.receiveUntilDone(message);
            } catch (InterruptedException _) {
                Thread.interrupted(); // closed, which the loop sees
            } catch (RuntimeException | Error e) {
                host.log(subscription.workload() + ": a message of " + Deliveries.printable(message.subject())
                        + " is lost: " + e);
            }
        }
    }

    /** Waits, within bounds, for deliveries that are under way. */
    @Override
    public void close() {
        List<Thread> running;
        space.lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            List<Message> left = List.copyOf(waiting);
            waiting.clear();
            left.forEach(this::unreserve);
            space.remove(this, left);
            running = List.copyOf(workers);
        } finally {
            space.lock.unlock();
        }
        running.forEach(Thread::interrupt);
        try {
            for (Thread worker : running) {
                worker.join(LONGEST_END);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
