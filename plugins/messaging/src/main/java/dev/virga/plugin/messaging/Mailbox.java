package dev.virga.plugin.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where the answers to one request arrive. For backends. */
public final class Mailbox implements AutoCloseable {

    private final MessagingBackend.Wanted wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Message> replies = new ArrayList<>();
    private long bodies;
    private long charged;
    private MessagingException failure; // guarded by lock, null while there is none
    private boolean closed;

    public Mailbox(MessagingBackend.Wanted wanted) {
        this.wanted = wanted;
    }

    /** Takes an answer; those that come too late or are too many are dropped. */
    public void offer(Message reply) {
        lock.lock();
        try {
            if (closed || failure != null || replies.size() == wanted.replies()) {
                return;
            }
            long bytes = reply.bytes();
            if (bodies + reply.body().length > wanted.bytes()) {
                failWith(new MessagingException.Refused("the answer has " + (bodies + reply.body().length)
                        + " bytes; at most " + wanted.bytes() + " are allowed"));
            } else if (!wanted.limiter().reserve(bytes)) {
                failWith(new MessagingException.Refused(
                        "the workload's memory limit leaves no room for an answer of " + bytes + " bytes"));
            } else {
                replies.add(reply);
                bodies += reply.body().length;
                charged += bytes;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait, for example since nobody listens. */
    public void fail(MessagingException why) {
        lock.lock();
        try {
            failWith(why);
        } finally {
            lock.unlock();
        }
    }

    private void failWith(MessagingException why) {
        failure = why;
        changed.signalAll();
    }

    /**
     * Waits for as many answers as are wanted, or until the time is over.
     *
     * @return at least one
     * @throws MessagingException.Timeout if there was none in time
     */
    public List<Message> await(String subject) {
        lock.lock();
        try {
            long nanos = wanted.timeout().toNanos();
            while (failure == null && replies.size() < wanted.replies() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (failure != null) {
                throw failure;
            }
            if (replies.isEmpty()) {
                throw new MessagingException.Timeout("no answer from " + subject + " within "
                        + TimeUnit.NANOSECONDS.toMillis(wanted.timeout().toNanos()) + " ms");
            }
            return List.copyOf(replies);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException.Unavailable("the request to " + subject + " was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wanted.limiter().release(charged);
            charged = 0;
        } finally {
            lock.unlock();
        }
    }
}
