package dev.virga.telemetry;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes on a thread of its own, so that a slow disk or terminal stops nobody: what does not fit into the queue is
 * left out and counted. A platform thread, since it must get on while guests keep all carriers busy.
 */
final class BoundedWriter<T> implements AutoCloseable {

    /** Where lines end up. */
    interface Sink<T> extends Closeable {
        void write(T item) throws IOException;

        /** So many items are missing before the next. */
        void leftOut(long count) throws IOException;

        void flush() throws IOException;
    }

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final long capacity;
    private final Sink<T> sink;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private ArrayDeque<T> queue = new ArrayDeque<>();
    /** Of the queue and of what is being written. */
    private long bytes;

    private long leftOut;
    private long leftOutInAll;
    private boolean closed;

    /** @param capacity bytes that may wait */
    BoundedWriter(String name, long capacity, Sink<T> sink) {
        this.capacity = capacity;
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Never blocks for longer than it takes to append to a queue. */
    void offer(T item, int size) {
        lock.lock();
        try {
            if (closed || bytes + size > capacity) {
                lost(1);
                return;
            }
            queue.add(item);
            bytes += size;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    long leftOut() {
        lock.lock();
        try {
            return leftOutInAll;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, for two seconds at most. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (sink) {
            Batch<T> batch = next();
            while (!batch.items().isEmpty()) {
                write(batch);
                batch = next();
            }
            if (batch.leftOut() > 0) {
                sink.leftOut(batch.leftOut());
            }
        } catch (IOException e) {
            // Nothing can be written any more, and there is nobody left to tell.
        }
    }

    private record Batch<T>(ArrayDeque<T> items, long bytes, long leftOut) {}

    /** Empty only at the end. */
    private Batch<T> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                filled.awaitUninterruptibly();
            }
            Batch<T> batch = new Batch<>(queue, bytes, leftOut);
            queue = new ArrayDeque<>();
            leftOut = 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void write(Batch<T> batch) {
        long before = batch.leftOut();
        long lost = 0;
        for (T item : batch.items()) {
            try {
                if (before > 0) {
                    sink.leftOut(before);
                    before = 0;
                }
                sink.write(item);
            } catch (IOException | RuntimeException e) {
                // Counted, and said with the next line; the writer itself goes on.
                lost++;
            }
        }
        try {
            sink.flush();
        } catch (IOException e) {
            lost = batch.items().size();
        }
        lock.lock();
        try {
            bytes -= batch.bytes();
            leftOut += before;
            lost(lost);
        } finally {
            lock.unlock();
        }
    }

    private void lost(long count) {
        leftOut += count;
        leftOutInAll += count;
    }
}
