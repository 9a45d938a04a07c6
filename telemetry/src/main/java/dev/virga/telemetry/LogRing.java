package dev.virga.telemetry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last lines of a workload, bounded in number and bytes; who reads too slowly misses the oldest. */
final class LogRing implements AutoCloseable {

    /** What a kept line costs beyond its text. */
    private static final int LINE_OVERHEAD = 128;

    private static final int MAX_BATCH = 1000;

    private record Kept(LogLine line, int bytes) {}

    private final LogLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Kept> lines = new ArrayDeque<>(1);
    /** Number of the first line that is kept; the very first has number 0. */
    private long first;

    private long bytes;
    private boolean closed;

    LogRing(LogLimits limits) {
        this.limits = limits;
    }

    void add(LogLine line) {
        Kept kept = new Kept(line, line.message().length() + LINE_OVERHEAD);
        lock.lock();
        try {
            lines.add(kept);
            bytes += kept.bytes();
            while (lines.size() > 1 && (lines.size() > limits.keptLines() || bytes > limits.keptBytes())) {
                bytes -= lines.remove().bytes();
                first++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    LogBatch read(long cursor, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            long from = Math.clamp(cursor, 0, end());
            while (from == end() && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            long missed = Math.max(first - from, 0);
            List<LogLine> batch = new ArrayList<>();
            lines.stream().skip(from + missed - first).limit(MAX_BATCH).forEach(kept -> batch.add(kept.line()));
            long next = from + missed + batch.size();
            return new LogBatch(batch, next, missed, closed && next == end());
        } finally {
            lock.unlock();
        }
    }

    /** A cursor that leaves this many lines to read, or all if there are fewer. */
    long tail(int count) {
        lock.lock();
        try {
            return Math.max(first, end() - Math.max(count, 0));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long end() {
        return first + lines.size();
    }
}
