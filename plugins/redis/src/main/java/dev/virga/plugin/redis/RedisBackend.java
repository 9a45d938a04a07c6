package dev.virga.plugin.redis;

import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Buckets in a Redis. */
final class RedisBackend implements Backend {

    private static final long FIRST_PAUSE = 20;
    private static final long LONGEST_PAUSE = 500;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int SMALL = 64 << 10;

    private final RedisSettings settings;
    private final Consumer<String> log;
    private final Map<String, Pool> pools = new ConcurrentHashMap<>();
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicLong toldNext = new AtomicLong(System.nanoTime());
    private volatile boolean closed;

    RedisBackend(RedisSettings settings, Consumer<String> log) {
        this.settings = settings;
        this.log = log;
    }

    @Override
    public Bucket bucket(String namespace, String name, int most) {
        if (closed) {
            throw new KeyValueException(Reason.UNAVAILABLE, "the host is stopping");
        }
        Pool pool = pools.computeIfAbsent(namespace, _ -> new Pool(settings, IDLE));
        return new RedisBucket(this, pool, settings.layout().prefix(namespace, name), most);
    }

    /** What one call does on a connection; may throw what the client throws. */
    interface Use<T> {
        T on(Line line, long deadline);
    }

    /**
     * Until the timeout, connects as often as it takes, waits for a Redis that still reads its data, and also repeats
     * a call whose connection broke.
     *
     * @param repeatable whether it may be done twice
     */
    <T> T call(Pool pool, boolean repeatable, Use<T> use) {
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        long pause = FIRST_PAUSE;
        while (true) {
            boolean begun = false;
            Optional<Line> taken = Optional.empty();
            boolean usable = false;
            RuntimeException failure;
            try {
                Line line = pool.take(deadline);
                taken = Optional.of(line);
                if (!repeatable) {
                    // it cannot be repeated once it was sent, so it must not be sent to nowhere
                    line.call(deadline, SMALL, Command.PING);
                    begun = true;
                }
                T result = use.on(line, deadline);
                usable = true;
                return result;
            } catch (JedisDataException e) {
                usable = true;
                if (!Failures.isStarting(e)) {
                    throw Failures.refused(e);
                }
                begun = false; // it has refused it
                failure = e;
            } catch (JedisConnectionException e) {
                failure = e;
            } catch (KeyValueException e) {
                usable = true;
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KeyValueException(Reason.UNAVAILABLE, "the call was ended", e);
            } catch (RuntimeException e) {
                throw new KeyValueException(Reason.UNAVAILABLE, "what answers is no Redis", e);
            } finally {
                boolean good = usable;
                taken.ifPresent(line -> pool.giveBack(line, good && !line.broken()));
            }
            if (Failures.isTooLarge(failure)) { // no outage
                throw Failures.lost(failure, begun);
            }
            pool.clear();
            boolean late = System.nanoTime() + pause * 1_000_000 >= deadline;
            if (begun || late || Thread.currentThread().isInterrupted() || !Failures.mayPass(failure)) {
                tell(failure);
                throw Failures.lost(failure, begun);
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    /** Not each time: many calls may fail for the same reason. */
    private void tell(RuntimeException failure) {
        long now = System.nanoTime();
        long due = toldNext.get();
        if (due - now <= 0 && toldNext.compareAndSet(due, now + QUIET.toNanos())) {
            log.accept("redis at " + settings.address() + " cannot be reached: " + Failures.text(failure));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyValueException(Reason.UNAVAILABLE, "the call was ended", e);
        }
    }

    AutoCloseable watch(byte[] prefix, Consumer<String> changed) {
        Subscription subscription = new Subscription(settings, prefix, changed, log);
        subscriptions.add(subscription);
        subscription.start();
        return () -> {
            subscriptions.remove(subscription);
            subscription.close();
        };
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(Subscription::close);
        pools.values().forEach(Pool::close);
    }
}
