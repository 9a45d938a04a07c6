package dev.virga.bench.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Many workloads on one host: {@code COUNT DATA ROUNDS CACHE WARM COMPONENT…}, the components in turn. The first so many
 * of them are used before anything is measured. The cache is where compiled code is kept; empty for nowhere.
 */
final class Thousand {

    private static final double MIB = 1 << 20;

    private Thousand() {}

    static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        List<Path> components = new ArrayList<>();
        for (int i = 5; i < arguments.length; i++) {
            components.add(Path.of(arguments[i]));
        }
        Optional<Path> cache = Optional.of(arguments[3]).filter(c -> !c.isEmpty()).map(Path::of);
        int warm = Integer.parseInt(arguments[4]);
        try (BenchHost host = new BenchHost(Path.of(arguments[1]), 0, cache)) {
            for (int i = 0; i < warm; i++) { // code is compiled and shared before anything is measured
                host.apply("warm-" + i, components.get(i), "");
            }
            host.awaitRunning();
            try (Client client = new Client(host.port())) {
                for (int i = 0; i < 2000; i++) {
                    client.get("warm-" + i % warm + ".test", "/");
                }
            }
            Collections.rotate(components, -warm);
            Memory before = Memory.now();
            applyAll(host, count, components);
            Memory.now().sayPerWorkload("deployed", before, count);
            Thread.sleep(5_000);
            System.out.println("first requests: " + first(host.port(), count));
            Memory.now().sayPerWorkload("after a request each", before, count);
            for (int round = 1; round <= Integer.parseInt(arguments[2]); round++) {
                for (int i = 0; i < count; i++) {
                    host.host().delete(dev.virga.host.manifest.Kind.WORKLOAD_DEPLOYMENT, "default", "w-" + i);
                }
                Memory.now().say("all deleted, round " + round, before);
                applyAll(host, count, components);
                Memory.now().say("deployed again, round " + round, before);
            }
        }
    }

    private static void applyAll(BenchHost host, int count, List<Path> components) throws InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            host.apply("w-" + i, components.get(i % components.size()), "");
        }
        double applied = (System.nanoTime() - begun) / 1e9;
        host.awaitRunning();
        System.out.printf("%d applied in %.2f s, running after %.2f s%n", count, applied, (System.nanoTime() - begun) / 1e9);
    }

    /** In any order, on a new connection each. */
    private static Latencies first(int port, int count) throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(1));
        long[] nanos = new long[count];
        int failures = 0;
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            try (Client client = new Client(port)) {
                failures += client.get("w-" + order.get(i) + ".test", "/") == 200 ? 0 : 1;
            }
            nanos[i] = System.nanoTime() - begun;
        }
        return new Latencies(nanos, failures);
    }

    /** What is live on the heap, what the process has resident, and how many threads of the platform there are. */
    private record Memory(long heap, long resident, int threads) {

        /** What is not referred to any more is given back a little after it was found out, so until it falls no further. */
        static Memory now() throws IOException, InterruptedException {
            long resident = Long.MAX_VALUE;
            for (long next = collected(); next < resident - MIB; next = collected()) {
                resident = next;
            }
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    resident,
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }

        private static long collected() throws IOException, InterruptedException {
            System.gc();
            Thread.sleep(200);
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(l -> l.startsWith("VmRSS:"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        }

        void sayPerWorkload(String when, Memory before, int count) {
            System.out.printf("%s: heap %.1f KiB, resident %.1f KiB more for each; %d threads, %d before%n",
                    when, (heap - before.heap) / 1024.0 / count, (resident - before.resident) / 1024.0 / count,
                    threads, before.threads);
        }

        void say(String when, Memory before) {
            System.out.printf("%s: heap %.1f MiB, resident %.1f MiB more than at first; %d threads%n",
                    when, (heap - before.heap) / MIB, (resident - before.resident) / MIB, threads);
        }
    }
}
