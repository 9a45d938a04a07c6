package dev.virga.engine.nativecode;

import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compiles modules with the code generator, which is itself a guest of this engine. Several of its
 * instances work side by side, each on ranges of functions; the result does not depend on how many.
 */
final class Compiler {

    /** Bodies of about so many bytes make a range: large enough to be worth a call, small enough to share out. */
    private static final int RANGE_BYTES = 32 << 10;

    private Compiler() {}

    /** @throws ModuleException if the module is malformed, invalid, or needs what the code generator lacks */
    static Artifact compile(byte[] module, Platform platform) {
        byte[] planBytes;
        byte[] stubs;
        Plan plan;
        List<int[]> ranges;
        byte[][] results;
        try (Session first = new Session(module, platform)) {
            planBytes = first.plan();
            plan = PlanReader.read(planBytes, module);
            stubs = first.stubs();
            ranges = ranges(plan);
            results = new byte[ranges.size()][];
            Work work = new Work(ranges, results);
            List<Thread> helpers = new ArrayList<>();
            int others = Math.min(Runtime.getRuntime().availableProcessors(), ranges.size()) - 1;
            for (int i = 0; i < others; i++) {
                helpers.add(Thread.ofPlatform().name("virga-compiler").start(() -> work.help(module, platform)));
            }
            work.run(first);
            join(helpers);
            work.check();
        }
        return Linker.link(planBytes, plan, stubs, List.of(results));
    }

    /**
     * The plan only, without code.
     *
     * @throws ModuleException as {@link #compile}, but the bodies of functions are not looked at
     */
    static byte[] plan(byte[] module, Platform platform) {
        try (Session session = new Session(module, platform)) {
            return session.plan();
        }
    }

    private static List<int[]> ranges(Plan plan) {
        List<int[]> ranges = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < plan.functionCount(); i++) {
            bytes += plan.bodies()[2 * i + 1];
            if (bytes >= RANGE_BYTES || i == plan.functionCount() - 1) {
                ranges.add(new int[] {from, i + 1});
                from = i + 1;
                bytes = 0;
            }
        }
        return ranges;
    }

    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The ranges of one module, shared out to sessions. */
    private static final class Work {
        private final List<int[]> ranges;
        private final byte[][] results;
        private final AtomicInteger next = new AtomicInteger();
        private final Throwable[] failures;

        Work(List<int[]> ranges, byte[][] results) {
            this.ranges = ranges;
            this.results = results;
            this.failures = new Throwable[ranges.size()];
        }

        void help(byte[] module, Platform platform) {
            try (Session session = new Session(module, platform)) {
                session.plan();
                run(session);
            } catch (RuntimeException | Error e) {
                // What is left is done by the first session, which meets the same failure or none.
            }
        }

        /** Ranges are taken in order, and all before a failed one are finished: the first failure is the same each time. */
        void run(Session session) {
            for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                try {
                    results[i] = session.functions(ranges.get(i)[0], ranges.get(i)[1]);
                } catch (RuntimeException | Error e) {
                    failures[i] = e;
                    next.set(results.length);
                }
            }
        }

        void check() {
            for (Throwable failure : failures) {
                if (failure != null) {
                    throw Libc.unexpected(failure);
                }
            }
        }
    }
}
