package dev.virga.link;

import dev.virga.engine.Limiter;
import dev.virga.link.LinkException.Kind;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Answers the calls that come for one address from one namespace. */
final class Served implements AutoCloseable {

    private static final String GROUP = "virga";
    private static final int PENDING_MESSAGES = 1024;
    private static final int PENDING_BYTES = 8 << 20;
    private static final Duration FOR_EVER = Duration.ZERO;

    private final String subjects;
    private final String callerNamespace;
    private final int calls;
    private final Limiter limiter;
    private final Consumer<Optional<LinkException>> ended;
    private final LinkHandler handler;
    private final Semaphore room;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final List<Subscription> subscriptions = new ArrayList<>(); // guarded by this, as closed
    private boolean closed;

    Served(
            String subjects,
            String callerNamespace,
            int calls,
            Limiter limiter,
            Consumer<Optional<LinkException>> ended,
            LinkHandler handler) {
        this.subjects = subjects;
        this.callerNamespace = callerNamespace;
        this.calls = calls;
        this.limiter = limiter;
        this.ended = ended;
        this.handler = handler;
        this.room = new Semaphore(calls);
    }

    /** Takes calls from a new connection; what the one before brought ends with it. */
    synchronized void listen(Connection connection) {
        if (closed) {
            return;
        }
        subscriptions.removeIf(s -> !s.isActive());
        Subscription subscription = connection.subscribe(subjects, GROUP);
        subscription.setPendingLimits(PENDING_MESSAGES, PENDING_BYTES);
        subscriptions.add(subscription);
        Thread.ofVirtual().name("link " + subjects).start(() -> take(connection, subscription));
    }

    private void take(Connection connection, Subscription subscription) {
        try {
            while (true) {
                Message message = subscription.nextMessage(FOR_EVER);
                if (message != null) {
                    begin(connection, message);
                }
            }
        } catch (IllegalStateException | InterruptedException _) {
            // unsubscribed, drained, or the connection is closed
        }
    }

    /** Never waits, so that no call grows old in a queue. */
    private void begin(Connection connection, Message message) {
        String replyTo = message.getReplyTo();
        if (replyTo == null || !replyTo.startsWith(Replies.INBOX)) {
            ended.accept(Optional.of(new LinkException(Kind.MALFORMED, "a message has no inbox to answer to")));
            return; // and nobody makes this host publish anywhere else
        }
        long size = message.consumeByteCount(); // with its headers
        if (!room.tryAcquire()) {
            refuse(connection, replyTo, new LinkException(Kind.BUSY, calls + " calls are under way already"));
        } else if (!limiter.reserve(size)) {
            room.release();
            refuse(connection, replyTo, new LinkException(Kind.BUSY, "the workload's memory leaves no room for the call"));
        } else {
            Thread thread = Thread.ofVirtual().name("link " + message.getSubject()).unstarted(() -> {
                try {
                    answer(connection, message);
                } finally {
                    running.remove(Thread.currentThread());
                    limiter.release(size);
                    room.release();
                }
            });
            running.add(thread);
            thread.start();
        }
    }

    private void answer(Connection connection, Message message) {
        long arrived = System.nanoTime();
        try {
            LinkCall call = Messages.call(message, callerNamespace);
            byte[] result = handler.answer(call, (int) Math.clamp(
                    connection.getMaxPayload() - Messages.HEADER_BYTES, 0, Integer.MAX_VALUE));
            if (System.nanoTime() - arrived < call.within().toNanos()) {
                publish(connection, Messages.answer(message.getReplyTo(), result));
                ended.accept(Optional.empty());
            } else {
                ended.accept(Optional.of(new LinkException(Kind.DEADLINE, "an answer came too late")));
            }
        } catch (LinkException e) {
            refuse(connection, message.getReplyTo(), e);
        } catch (RuntimeException | OutOfMemoryError e) {
            refuse(connection, message.getReplyTo(), new LinkException(Kind.FAILED, "the host could not answer the call"));
        }
    }

    private void refuse(Connection connection, String replyTo, LinkException why) {
        ended.accept(Optional.of(why));
        publish(connection, Messages.failure(replyTo, why));
    }

    private static void publish(Connection connection, NatsMessage message) {
        try {
            connection.publish(message);
        } catch (IllegalStateException | IllegalArgumentException _) {
            // no connection, or one that does not take it: the caller hears nothing, and gives up at its deadline
        }
    }

    private synchronized List<Subscription> end() {
        closed = true;
        List<Subscription> all = List.copyOf(subscriptions);
        subscriptions.clear();
        return all;
    }

    void drain(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        try {
            for (Subscription subscription : end()) {
                drain(subscription, Duration.ofNanos(end - System.nanoTime()));
            }
            if (room.tryAcquire(calls, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                room.release(calls);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Messages that the server has sent already are handled still. */
    private static void drain(Subscription subscription, Duration grace) throws InterruptedException {
        try {
            subscription.drain(grace.isPositive() ? grace : Duration.ofMillis(1)).get();
        } catch (IllegalStateException | ExecutionException _) {
            // it went with its connection
        }
    }

    @Override
    public void close() {
        for (Subscription subscription : end()) {
            try {
                subscription.unsubscribe();
            } catch (IllegalStateException _) {
                // it went with its connection
            }
        }
        running.forEach(Thread::interrupt);
    }
}
