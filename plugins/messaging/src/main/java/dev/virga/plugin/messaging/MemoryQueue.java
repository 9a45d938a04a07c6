package dev.virga.plugin.messaging;

import dev.virga.plugin.PluginHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;

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
    private final Condition ending;
    private long bytes;
    private int reserved;
    private boolean draining;
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
        this.ending = space.lock.newCondition();
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
        makeRoom(message);
        discharge(message);
    }

    private void makeRoom(Message message) {
        reserved--;
        bytes -= message.bytes();
    }

    private void discharge(Message message) {
        subscription.limiter().release(message.bytes());
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
        while (true) {
            Optional<Message> message = next();
            if (message.isEmpty()) {
                return;
            }
            try {
                deliver(message.get());
            } catch (InterruptedException _) { // closed, which the loop sees
                lost(message.get(), "the workload stopped while it was at it");
            } catch (RuntimeException | Error e) {
                lost(message.get(), e.toString());
            } finally {
                discharge(message.get());
            }
        }
    }

    private Optional<Message> next() {
        space.lock.lock();
        try {
            Optional<Message> message = Optional.ofNullable(waiting.poll());
            message.ifPresentOrElse(this::makeRoom, () -> workers.remove(Thread.currentThread()));
            return message;
        } finally {
            space.lock.unlock();
        }
    }

    private void deliver(Message message) throws InterruptedException {
        Optional<Duration> again = receiver.receive(message, 1);
        for (long attempt = 2; again.isPresent(); attempt++) {
            if (leavesWithin(again.get(), message)) {
                return;
            }
            again = receiver.receive(message, attempt);
        }
    }

    /** Whether others of the group take it before the pause is over. */
    private boolean leavesWithin(Duration pause, Message message) throws InterruptedException {
        space.lock.lock();
        try {
            for (long left = pause.toNanos(); left > 0; left = ending.awaitNanos(left)) {
                if (closed) { // an interrupt may have been meant for the guest, and have gone with it
                    throw new InterruptedException("closed");
                }
                if (draining && space.handOver(subscription.group(), message)) {
                    return true;
                }
            }
            return false;
        } finally {
            space.lock.unlock();
        }
    }

    private void lost(Message message, String why) {
        host.log(subscription.workload() + ": a message of " + Deliveries.printable(message.subject()) + " is lost: "
                + why);
    }

    @Override
    public void drain(Duration grace) throws InterruptedException {
        Ends.await(stop(), grace);
    }

    /** Takes no more; what waits goes to others, or is still delivered. The threads that are still at work. */
    private List<Thread> stop() {
        space.lock.lock();
        try {
            if (!draining) {
                draining = true;
                space.remove(this);
                ending.signalAll();
            }
            waiting.removeIf(this::handedOver);
            return List.copyOf(workers);
        } finally {
            space.lock.unlock();
        }
    }

    private boolean handedOver(Message message) {
        boolean gone = space.handOver(subscription.group(), message);
        if (gone) {
            unreserve(message);
        }
        return gone;
    }

    /** Waits, within bounds, for deliveries that are under way. */
    @Override
    public void close() {
        List<Thread> running = stop();
        discardWaiting();
        running.forEach(Thread::interrupt);
        try {
            Ends.await(running, LONGEST_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void discardWaiting() {
        space.lock.lock();
        try {
            for (Message message : waiting) {
                unreserve(message);
                lost(message, "the workload stopped, and nobody else takes it");
            }
            waiting.clear();
            closed = true;
            ending.signalAll();
        } finally {
            space.lock.unlock();
        }
    }
}
