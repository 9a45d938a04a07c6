package dev.virga.engine.nativecode;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.contract.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Many virtual threads that do with guests, at random, all that can be done (stress.sh runs it for long). */
final class Stress {

    /** How long a visit may take once the time is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int seconds;
    private final int fibers;
    private final long seed;
    private final Map<String, LongAdder> done = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param seconds how long it goes on
     * @param fibers how many threads visit guests at the same time
     * @param seed decides on all that is decided at random, but for the order of the threads
     */
    Stress(int seconds, int fibers, long seed) {
        this.seconds = seconds;
        this.fibers = fibers;
        this.seed = seed;
    }

    public static void main(String[] args) throws InterruptedException {
        Stress stress = new Stress(Integer.getInteger("virga.stress.seconds", 600),
                Integer.getInteger("virga.stress.fibers", 3_000), Long.getLong("virga.stress.seed", System.nanoTime()));
        stress.run().forEach((what, times) -> System.out.println(times + " " + what));
    }

    /** How often what was done; fails at the first result that is not as it should be. */
    Map<String, Long> run() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (Engine engine = new NativeEngine(Optional.empty());
                StressEcho echo = new StressEcho()) {
            CoreModule module = engine.compile(Guest.binary(Stress.class, "stress"));
            SplittableRandom random = new SplittableRandom(seed);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < fibers; i++) {
                StressVisitor visitor = new StressVisitor(
                        engine, module, random.split(), echo, what -> done.computeIfAbsent(what, w -> new LongAdder()).increment());
                threads.add(Thread.ofVirtual().start(() -> visit(visitor, end)));
            }
            join(threads, end + PATIENCE.toNanos());
        }
        if (failure.get() != null) {
            throw new AssertionError("with -Dvirga.stress.seed=" + seed, failure.get());
        }
        Map<String, Long> counts = new TreeMap<>();
        done.forEach((what, times) -> counts.put(what, times.sum()));
        return counts;
    }

    private void visit(StressVisitor visitor, long end) {
        try {
            while (System.nanoTime() < end && failure.get() == null) {
                visitor.visit();
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private void join(List<Thread> threads, long end) throws InterruptedException {
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(end - System.nanoTime(), 1)))) {
                AssertionError hangs = new AssertionError("a guest hangs, or its thread was forgotten");
                hangs.setStackTrace(thread.getStackTrace());
                failure.compareAndSet(null, hangs);
                return;
            }
        }
    }
}
