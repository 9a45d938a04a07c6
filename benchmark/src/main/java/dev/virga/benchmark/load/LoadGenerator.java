package dev.virga.benchmark.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a fixed rate, or as fast as answers come, over some connections, each with a thread of its own.
 *
 * <p>At a rate, request number n is due at n/rate after the begin, whatever became of those before it, and its latency
 * counts from then. A server that stalls is charged with all requests that should have been sent meanwhile (otherwise
 * one slow answer would hide them: coordinated omission). Which connection sends a request is open until it is due.
 */
public final class LoadGenerator {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long HIGHEST = Duration.ofMinutes(10).toNanos();

    /** So far before a request is due its thread stops sleeping: it wakes some 50 µs late. */
    private static final long SPIN = 20_000;

    private final Target target;
    private final int connections;

    /** @param connections how many requests may be under way at a time */
    public LoadGenerator(Target target, int connections) {
        this.target = target;
        this.connections = connections;
    }

    /**
     * Sends requests at a rate.
     *
     * @param rate requests a second
     * @throws IOException if not even one connection is taken
     */
    public LoadResult atRate(double rate, Duration duration) throws IOException, InterruptedException {
        return run(duration, new Schedule(rate, System.nanoTime() + 20_000_000));
    }

    /** Sends the next request of a connection when the one before is answered; latencies count from sending. */
    public LoadResult atSaturation(Duration duration) throws IOException, InterruptedException {
        return run(duration, new Schedule(Double.POSITIVE_INFINITY, System.nanoTime()));
    }

    /** When requests are due; infinitely many a second are due whenever somebody is free. */
    private static final class Schedule {
        private final AtomicLong next = new AtomicLong();
        private final double nanosEach;
        private final long begin;

        Schedule(double rate, long begin) {
            this.nanosEach = 1e9 / rate;
            this.begin = begin;
        }

        boolean fixed() {
            return nanosEach > 0;
        }

        /** By {@link System#nanoTime}. */
        long due() {
            return fixed() ? begin + (long) (next.getAndIncrement() * nanosEach) : System.nanoTime();
        }
    }

    private final class Sender implements Runnable {
        private final Histogram latencies = histogram();
        private final Histogram lateness = histogram();
        private final Schedule schedule;
        private final long end;
        private HttpConnection connection;
        private long answered;
        private long failed;
        private long unsent;
        private String failure = "";
        private int turn;

        Sender(Schedule schedule, long end, HttpConnection connection, int turn) {
            this.turn = turn;
            this.schedule = schedule;
            this.end = end;
            this.connection = connection;
        }

        @Override
        public void run() {
            for (long due = schedule.due(); due < end && !Thread.currentThread().isInterrupted(); due = schedule.due()) {
                long now = System.nanoTime();
                if (schedule.fixed() && now >= end) {
                    unsent++;
                    latencies.recordValue(within(now - due));
                    continue;
                }
                if (now < due) {
                    await(due);
                    lateness.recordValue(within(System.nanoTime() - due));
                }
                send(due);
            }
            if (connection != null) {
                connection.close();
            }
        }

        private void send(long due) {
            try {
                if (connection == null || !connection.isOpen()) {
                    connection = new HttpConnection(target.address(), PATIENCE);
                }
                HttpConnection.Answer answer = connection.exchange(next(), 0);
                if (answer.good()) {
                    answered++;
                    latencies.recordValue(within(System.nanoTime() - due));
                } else {
                    failed("status " + answer.status());
                }
            } catch (IOException e) {
                failed(String.valueOf(e.getMessage()));
                if (connection != null) {
                    connection.close();
                }
            }
        }

        private byte[] next() {
            turn = turn + 1 < target.requests().size() ? turn + 1 : 0;
            return target.requests().get(turn);
        }

        private void failed(String why) {
            failed++;
            if (failure.isEmpty()) {
                failure = why;
            }
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN) {
                LockSupport.parkNanos(left - SPIN);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static Histogram histogram() {
        return new Histogram(HIGHEST, 3);
    }

    private static long within(long nanos) {
        return Math.clamp(nanos, 0, HIGHEST);
    }

    private LoadResult run(Duration duration, Schedule schedule) throws IOException, InterruptedException {
        long end = schedule.begin + duration.toNanos();
        List<Sender> senders = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        senders.add(new Sender(schedule, end, new HttpConnection(target.address(), PATIENCE), 0));
        for (int i = 1; i < connections; i++) {
            senders.add(new Sender(schedule, end, null, i % target.requests().size()));
        }
        senders.forEach(sender -> threads.add(Thread.ofPlatform().daemon().name("load").start(sender)));
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        return sum(senders, Duration.ofNanos(Math.max(1, System.nanoTime() - schedule.begin)));
    }

    private static LoadResult sum(List<Sender> senders, Duration time) {
        Histogram latencies = histogram();
        Histogram lateness = histogram();
        long answered = 0;
        long failed = 0;
        long unsent = 0;
        String failure = "";
        for (Sender sender : senders) {
            latencies.add(sender.latencies);
            lateness.add(sender.lateness);
            answered += sender.answered;
            failed += sender.failed;
            unsent += sender.unsent;
            failure = failure.isEmpty() ? sender.failure : failure;
        }
        return new LoadResult(latencies, lateness, answered, failed, unsent, time, failure);
    }
}
