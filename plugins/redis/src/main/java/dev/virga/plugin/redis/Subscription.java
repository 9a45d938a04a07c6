package dev.virga.plugin.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;

/** Listens to Redis's keyspace notifications on a connection and a thread of its own, and comes back after a break. */
final class Subscription implements AutoCloseable {

    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5000;
    private static final int LARGEST = 1 << 20;

    /** What tells of a key's life, not of its value. */
    private static final Set<String> IGNORED = Set.of("expire", "persist");

    private final RedisSettings settings;
    private final byte[] prefix;
    private final Consumer<String> changed;
    private final Consumer<String> log;
    private final CountDownLatch listening = new CountDownLatch(1);
    private Optional<Line> line = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private boolean closed;

    Subscription(RedisSettings settings, byte[] prefix, Consumer<String> changed, Consumer<String> log) {
        byte[] channel = ("__keyspace@" + settings.database() + "__:").getBytes(UTF_8);
        this.settings = settings;
        this.prefix = ByteBuffer.allocate(channel.length + prefix.length).put(channel).put(prefix).array();
        this.changed = changed;
        this.log = log;
    }

    /** Returns when it listens, or when Redis does not answer in time; then it goes on trying. */
    void start() {
        synchronized (this) {
            thread = Optional.of(Thread.ofVirtual().name("redis-watch").start(this::run));
        }
        try {
            if (!listening.await(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                log.accept("Redis at " + settings.address() + " does not answer; changes are told once it does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE;
        while (true) {
            try {
                Line made = new Line(settings, System.nanoTime() + settings.timeout().toNanos());
                try (made) {
                    if (!use(made)) {
                        return;
                    }
                    checkNotifications(made);
                    made.subscribe(Command.PSUBSCRIBE, Globs.startingWith(prefix));
                    while (true) {
                        told(made.next(LARGEST));
                        pause = FIRST_PAUSE;
                    }
                }
            } catch (RuntimeException e) {
                if (isClosed()) {
                    return;
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return; // by close
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private synchronized boolean use(Line made) {
        line = Optional.of(made);
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** A Redis does not notify unless it is told to. */
    private void checkNotifications(Line made) {
        try {
            List<?> reply = (List<?>) made.call(
                    System.nanoTime() + settings.timeout().toNanos(), LARGEST,
                    Command.CONFIG, Keyword.GET.getRaw(), "notify-keyspace-events".getBytes(UTF_8));
            String flags = reply.size() == 2 ? new String((byte[]) reply.get(1), UTF_8) : "K$gx";
            boolean all = flags.contains("A") || flags.contains("$") && flags.contains("g") && flags.contains("x");
            if (!flags.contains("K") || !all) {
                log.accept("Redis at " + settings.address() + " does not tell of changes, so that none is passed on: set"
                        + " its notify-keyspace-events to K$gx");
            }
        } catch (redis.clients.jedis.exceptions.JedisDataException e) {
            // it may be forbidden to ask
        }
    }

    private void told(Object message) {
        List<?> parts = (List<?>) message;
        if (parts.size() == 3) { // psubscribe
            listening.countDown();
        } else if (parts.size() == 4 && !IGNORED.contains(new String((byte[]) parts.get(3), UTF_8))) {
            Globs.nameAfter(prefix, (byte[]) parts.get(2)).ifPresent(changed);
        }
    }

    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            closed = true;
            running = thread;
            line.ifPresent(Line::close);
        }
        boolean interrupted = false;
        while (running.isPresent() && running.get().isAlive()) {
            running.get().interrupt();
            try {
                running.get().join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
