package dev.virga.bench.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a tenant's latency does beside a bad one: {@code SECONDS ROUNDS DATA GOOD BAD ATTACK KEYS}. */
final class Neighbours {

    /** Paths that the bad guest is asked for, by so many clients at a time. */
    private static final Map<String, List<String>> ATTACKS = new LinkedHashMap<>();

    /** Of the guest that has many keys; all others are the hostile one's. */
    private static final String LISTS = "/lists";

    private static final String LIMITS = "limits: {cpu: {deadline: 60s}}, requestTimeout: 60s";

    private static final int CLIENTS = 4;
    private static final int REQUESTS_PER_SECOND = 50;

    static {
        ATTACKS.put("loops", List.of("/loop", "/loop", "/loop", "/loop"));
        ATTACKS.put("bulk operations", List.of("/fill", "/fill", "/fill", "/fill"));
        ATTACKS.put("allocates", List.of("/allocate", "/allocate", "/allocate", "/allocate"));
        ATTACKS.put("floods logs", List.of("/flood", "/flood", "/flood", "/flood"));
        ATTACKS.put("opens sockets", List.of("/sockets", "/sockets", "/sockets", "/sockets"));
        ATTACKS.put("lists 100,000 keys", List.of(LISTS, LISTS, LISTS, LISTS));
        ATTACKS.put("32 loops and floods", many(16, "/loop", "/flood"));
    }

    private static volatile boolean stop;

    private Neighbours() {}

    private static List<String> many(int times, String... paths) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(List.of(paths));
        }
        return all;
    }

    static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        try (BenchHost host = new BenchHost(Path.of(arguments[2]), 0)) {
            host.apply("good", Path.of(arguments[3]), "");
            applyBad(host, arguments);
            try (Client client = new Client(host.port())) {
                client.get("keys.test", "/store");
            }
            measure(host.port(), 5);
            for (int round = 1; round <= Integer.parseInt(arguments[1]); round++) {
                for (Map.Entry<String, List<String>> attack : ATTACKS.entrySet()) {
                    if (!attack.getKey().contains(arguments[5])) {
                        continue;
                    }
                    Latencies alone = measure(host.port(), seconds);
                    List<Thread> bad = start(host.port(), attack.getValue());
                    Thread.sleep(500);
                    Latencies beside = measure(host.port(), seconds);
                    stop(host, bad, arguments);
                    System.out.printf("%-20s alone: %s   beside: %s   p99 x %.2f%n",
                            attack.getKey(), alone, beside, beside.milliseconds(0.99) / alone.milliseconds(0.99));
                }
            }
        }
    }

    private static List<Thread> start(int port, List<String> paths) {
        stop = false;
        List<Thread> threads = new ArrayList<>();
        for (String path : paths) {
            threads.add(Thread.ofPlatform().daemon().start(() -> ask(port, path)));
        }
        return threads;
    }

    private static void ask(int port, String path) {
        while (!stop) {
            try (Client client = new Client(port)) {
                while (!stop) {
                    client.get(path.equals(LISTS) ? "keys.test" : "bad.test", path);
                }
            } catch (IOException e) {
                // stopped, or refused
            }
        }
    }

    private static void applyBad(BenchHost host, String[] arguments) throws InterruptedException {
        host.apply("bad", Path.of(arguments[4]), LIMITS);
        host.apply("keys", Path.of(arguments[6]), LIMITS, "{namespace: wasi, package: keyvalue, interfaces: [store, batch]}");
        host.awaitRunning();
    }

    /** Deleting it stops what it does. */
    private static void stop(BenchHost host, List<Thread> bad, String[] arguments) throws InterruptedException {
        stop = true;
        for (String name : List.of("bad", "keys")) {
            host.host().delete(dev.virga.host.manifest.Kind.WORKLOAD_DEPLOYMENT, "default", name);
        }
        for (Thread thread : bad) {
            thread.join();
        }
        applyBad(host, arguments);
    }

    /** Clients on threads of the platform ask at a steady rate, and count from when they wanted to ask. */
    private static Latencies measure(int port, int seconds) throws Exception {
        List<FutureTask<Latencies>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            FutureTask<Latencies> client = new FutureTask<>(() -> steady(port, seconds));
            Thread.ofPlatform().daemon().start(client);
            clients.add(client);
        }
        List<Long> all = new ArrayList<>();
        int failures = 0;
        for (FutureTask<Latencies> client : clients) {
            Latencies one = client.get(seconds + 60, TimeUnit.SECONDS);
            failures += one.failures();
            for (long nanos : one.nanos()) {
                all.add(nanos);
            }
        }
        return new Latencies(all.stream().mapToLong(Long::longValue).toArray(), failures);
    }

    private static Latencies steady(int port, int seconds) throws IOException {
        long[] nanos = new long[seconds * REQUESTS_PER_SECOND];
        int failures = 0;
        try (Client client = new Client(port)) {
            long begun = System.nanoTime();
            for (int i = 0; i < nanos.length; i++) {
                long due = begun + i * 1_000_000_000L / REQUESTS_PER_SECOND;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                failures += client.get("good.test", "/") == 200 ? 0 : 1;
                nanos[i] = System.nanoTime() - due;
            }
        }
        return new Latencies(nanos, failures);
    }
}
