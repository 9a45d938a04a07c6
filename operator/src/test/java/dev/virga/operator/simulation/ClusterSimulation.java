package dev.virga.operator.simulation;

import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.hostapi.message.WorkloadState;
import dev.virga.operator.hosts.HostEvent;
import dev.virga.operator.hosts.Hosts;
import dev.virga.operator.hosts.Patience;
import dev.virga.operator.placement.Assignments;
import dev.virga.operator.placement.Placement.Placed;
import dev.virga.operator.placement.PlacementRequest;
import dev.virga.operator.placement.Resources;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import dev.virga.wit.Id;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hosts and placement at the size of a large cluster, over a real server, without a Kubernetes API:
 * {@code FOLDER HOSTS WORKLOADS NEW OUTAGE_SECONDS}.
 */
final class ClusterSimulation implements AutoCloseable {

    private static final int AT_A_TIME = 256;
    private static final int REPLICAS = 10;
    private static final double MIB = 1 << 20;

    private final int hostCount;
    private final NatsServer nats;
    private final Process simulated;
    private final CountDownLatch appeared;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<CountDownLatch> moved = new AtomicReference<>(new CountDownLatch(0));
    private final Assignments assignments = new Assignments(InstantSource.system());
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Hosts hosts;

    private ClusterSimulation(Path folder, int hostCount) throws Exception {
        this.hostCount = hostCount;
        appeared = new CountDownLatch(hostCount);
        nats = new NatsServer(folder);
        hosts = new Hosts(Settings.NONE.with("url", nats.url()), Patience.DEFAULT, this::event, System.err::println);
        simulated = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-Xmx1g", "-cp",
                        System.getProperty("java.class.path"), SimulatedHosts.class.getName(), nats.url(),
                        Integer.toString(hostCount), Long.toString(Patience.DEFAULT.interval().toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void main(String[] arguments) throws Exception {
        int workloads = Integer.parseInt(arguments[2]);
        int more = Integer.parseInt(arguments[3]);
        try (ClusterSimulation cluster =
                new ClusterSimulation(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            cluster.run(workloads, more, Duration.ofSeconds(Long.parseLong(arguments[4])));
        }
    }

    private void run(int workloads, int more, Duration outage) throws Exception {
        System.out.printf("%d processors, JDK %s%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
        appeared.await();
        long empty = heap();
        System.out.printf("%d hosts known: %.1f MiB of heap%n", hostCount, empty / MIB);

        double first = start("old", workloads);
        System.out.printf("%d workloads placed and running after %.1f s%n", workloads, first);
        long full = heap();
        System.out.printf(
                "heap with them: %.1f MiB, %.0f bytes for each; resident: %.0f MiB%n",
                full / MIB, (double) (full - empty) / workloads, resident() / MIB);

        decide(more);
        System.out.printf("%d more placed and running after %.2f s%n", more, start("new", more));
        beats();
        kill();
        outage(outage);
        System.out.printf("at the end: %.1f MiB of heap, %.0f MiB resident%n", heap() / MIB, resident() / MIB);
    }

    private static PlacementRequest request(String kind, int number) {
        String set = "acme/" + kind + number / REPLICAS;
        return new PlacementRequest(
                "acme", kind + number, set, Map.of("hostgroup", "default"), Optional.empty(),
                List.of(Id.parse("wasi:keyvalue/store@0.2.0-draft").orElseThrow(), Id.parse("wasi:config/store").orElseThrow()),
                new Resources(32 << 20, 20), Set.of("registry.example/" + set + ":1"));
    }

    private static WorkloadStartRequest message(String id) {
        String json = """
                {"workloadId":"%s","workload":{"namespace":"acme","name":"%s","witWorld":{"components":[{"name":"api",
                 "image":"registry.example/api:1","localResources":{"environment":{"A":"1","B":"2"}}}],
                 "hostInterfaces":[{"namespace":"wasi","package":"keyvalue","interfaces":["store"]}]}}}"""
                .formatted(id, id);
        return ProtoJson.read(json.getBytes(StandardCharsets.UTF_8), WorkloadStartRequest.class);
    }

    /** The seconds until so many workloads run. */
    private double start(String kind, int count) throws InterruptedException {
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            free.acquire();
            threads.add(Thread.ofVirtual().start(() -> start(kind + number, request(kind, number))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private void start(String id, PlacementRequest request) {
        try {
            if (!(assignments.place(id, request, hosts.registry().views()) instanceof Placed(var host))) {
                throw new IllegalStateException("no place for " + id);
            }
            WorkloadState state = hosts.commands().start(host.id(), message(id)).workloadState();
            if (state != WorkloadState.RUNNING) {
                throw new IllegalStateException(id + " is " + state);
            }
        } finally {
            free.release();
        }
    }

    private void decide(int count) {
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) {
                assignments.place("try" + i, request("try", i), hosts.registry().views());
            }
            System.out.printf("%d decisions alone: %.2f s%n", count, (System.nanoTime() - begun) / 1e9);
            for (int i = 0; i < count; i++) {
                assignments.release("try" + i);
            }
        }
    }

    private void beats() throws InterruptedException {
        long cpu = cpu();
        Thread.sleep(Duration.ofSeconds(60));
        double used = (cpu() - cpu) / 1e9;
        System.out.printf(
                "a minute of heartbeats (%d): %.2f s of processor time%n", hostCount * 4, used);
    }

    /** What runs on a host that ends is placed elsewhere. */
    private void kill() throws Exception {
        int count = assignments.on("host-0").size();
        moved.set(new CountDownLatch(count));
        try (Connection control = Nats.connect(nats.url())) {
            control.publish("simulation.kill", "host-0".getBytes(StandardCharsets.UTF_8));
            control.flush(Duration.ofSeconds(10));
        }
        long killed = System.nanoTime();
        long lastBeat = hosts.registry().host("host-0").orElseThrow().view().lastHeartbeat().toEpochMilli();
        moved.get().await();
        System.out.printf(
                "host killed: its %d workloads run elsewhere %.1f s after its last heartbeat, %.1f s after it ended%n",
                count, (System.currentTimeMillis() - lastBeat) / 1e3, (System.nanoTime() - killed) / 1e9);
    }

    private void outage(Duration outage) throws Exception {
        int before = lost.get();
        nats.kill();
        Thread.sleep(outage);
        nats.start();
        Instant back = Instant.now();
        while (hosts.registry().views().stream().anyMatch(v -> v.lastHeartbeat().isBefore(back))) {
            Thread.sleep(10);
        }
        double heard = Duration.between(back, Instant.now()).toMillis() / 1e3;
        Thread.sleep(Duration.ofSeconds(60)); // were any given up, it would be by then
        System.out.printf(
                "NATS away for %d s: %d hosts lost, %d of %d known, all heard of again after %.1f s%n",
                outage.toSeconds(), lost.get() - before, hosts.registry().views().size(), hostCount - before, heard);
    }

    private void event(HostEvent event) {
        switch (event) {
            case HostEvent.Appeared _ -> appeared.countDown();
            case HostEvent.Lost(String id, _, _) -> {
                lost.incrementAndGet();
                assignments.on(id).forEach(workload -> move(id, workload));
            }
            case HostEvent.EvictionsHeld held -> System.out.println(held.message());
            default -> {}
        }
    }

    private void move(String from, String workload) {
        PlacementRequest request = assignments.of(workload).orElseThrow().request();
        assignments.release(workload);
        hosts.stopWhenBack(from, workload);
        free.acquireUninterruptibly();
        Thread.ofVirtual().start(() -> {
            start(workload, request);
            moved.get().countDown();
        });
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long resident() throws Exception {
        String status = java.nio.file.Files.readString(Path.of("/proc/self/status"));
        return 1024L * Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1"));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @Override
    public void close() throws Exception {
        simulated.destroy();
        hosts.close();
        nats.close();
    }
}
