package dev.virga.operator.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.TestHost;
import dev.virga.hostapi.message.WorkloadState;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.operator.hosts.HostEvent.Appeared;
import dev.virga.operator.hosts.HostEvent.Changed;
import dev.virga.operator.hosts.HostEvent.Lost;
import dev.virga.operator.placement.Assignments;
import dev.virga.operator.placement.HostCondition;
import dev.virga.operator.placement.Placement.Placed;
import dev.virga.operator.placement.Placement.Unplaceable;
import dev.virga.operator.placement.PlacementRequest;
import dev.virga.operator.placement.Resources;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import dev.virga.wit.Id;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of this process at a real server. */
@Timeout(120)
class HostsTest {

    /** For heartbeats each 100 ms, with room for machines that are busy. */
    private static final Patience QUICK = new Patience(Duration.ofMillis(500), 3, Duration.ofSeconds(2), 0.9);

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private Hosts hosts(Settings nats, Patience patience, LongSupplier clock) {
        return new Hosts(nats, patience, heard, log::add, clock);
    }

    private Hosts hosts(NatsServer nats) {
        return hosts(TestHost.nats(nats.url()), Patience.DEFAULT, System::nanoTime);
    }

    private static PlacementRequest request(String... imports) {
        return new PlacementRequest(
                "acme", "shop", "acme/shop", Map.of("zone", "a"), Optional.of("shop"),
                List.of(imports).stream().map(i -> Id.parse(i).orElseThrow()).toList(), new Resources(64 << 20, 100),
                Set.of());
    }

    @Test
    void aHostIsSeenAndRunsWhatItIsTold() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                Hosts hosts = hosts(nats);
                TestHost host = new TestHost(folder, "h1", TestHost.nats(nats.url()))) {
            Host seen = heard.await(Appeared.class).host();
            assertEquals("virga-h1", seen.view().name());
            assertEquals(Optional.of("a"), seen.view().zone());
            assertTrue(seen.view().capacity().memory() > 1 << 20);
            assertTrue(seen.view().capacity().milliCpu() >= 1000 && seen.view().capacity().milliCpu() < 1_000_000);

            Assignments assignments = new Assignments(InstantSource.system());
            var placement = assignments.place("1", request("wasi:keyvalue/store@0.2.0-draft"), hosts.registry().views());
            assertEquals("h1", ((Placed) placement).host().id());
            var nowhere = assignments.place("2", request("acme:rare/thing@1.0.0"), hosts.registry().views());
            assertEquals("0 of 1 host fits: 1 lacks acme:rare/thing@1.0.0", ((Unplaceable) nowhere).message());

            HostCommands commands = hosts.commands();
            WorkloadStatus started = commands.start("h1", Workloads.api("1", "shop"));
            assertEquals(new WorkloadStatus("1", WorkloadState.RUNNING, ""), started);
            assertEquals(200, host.get("shop.example"));
            assertEquals(WorkloadState.RUNNING, commands.status("h1", "1").workloadState());
            assertEquals(WorkloadState.STOPPING, commands.stop("h1", "1").workloadState());
            assertEquals(WorkloadState.NOT_FOUND, commands.status("h1", "1").workloadState());
        }
    }

    @Test
    void commandsOfManyThreadsAreUnderWayAtOnce() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                Hosts hosts = hosts(nats);
                TestHost one = new TestHost(folder, "h1", TestHost.nats(nats.url()));
                TestHost two = new TestHost(folder, "h2", TestHost.nats(nats.url()))) {
            heard.await(Appeared.class);
            heard.await(Appeared.class);
            List<CompletableFuture<WorkloadStatus>> starts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String id = Integer.toString(i);
                String host = i % 2 == 0 ? "h1" : "h2";
                starts.add(CompletableFuture.supplyAsync(
                        () -> hosts.commands().start(host, Workloads.api(id, "w" + id)),
                        work -> Thread.ofVirtual().start(work)));
            }
            for (CompletableFuture<WorkloadStatus> start : starts) {
                assertEquals(WorkloadState.RUNNING, start.get().workloadState());
            }
            assertEquals(200, one.get("w0.example"));
            assertEquals(200, two.get("w19.example"));
        }
    }

    @Test
    void aHostThatIsKilledIsLost() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                Hosts hosts = hosts(TestHost.nats(nats.url()), QUICK, System::nanoTime);
                TestHost left = new TestHost(folder, "h2", TestHost.nats(nats.url()))) {
            heard.await(Appeared.class);
            TestHost killed = new TestHost(folder, "h1", TestHost.nats(nats.url()));
            heard.await(Appeared.class);
            killed.close();
            Changed silent;
            do {
                silent = heard.await(Changed.class);
            } while (!silent.host().id().equals("h1")); // a busy machine may make the other one late
            assertEquals(HostCondition.SILENT, silent.host().view().condition());
            Lost lost = heard.await(Lost.class);
            assertEquals("h1", lost.id());
            assertEquals("virga-h1", lost.name());
            assertEquals(List.of("h2"), hosts.registry().views().stream().map(v -> v.id()).toList());
            assertFalse(hosts.registry().isKnown("h1"));
            assertEquals(404, left.get("x.example"));
        }
    }

    @Test
    void anOutageOfNatsLosesNobody() throws Exception {
        AtomicLong later = new AtomicLong();
        try (NatsServer nats = new NatsServer(folder);
                Hosts hosts = hosts(TestHost.nats(nats.url()), Patience.DEFAULT, () -> System.nanoTime() + later.get());
                TestHost host = new TestHost(folder, "h1", TestHost.nats(nats.url()))) {
            heard.await(Appeared.class);
            hosts.commands().start("h1", Workloads.api("1", "shop"));
            nats.kill();
            while (hosts.registry().isHearing()) {
                Thread.onSpinWait();
            }
            for (int second = 0; second < 600; second++) {
                later.addAndGet(Duration.ofSeconds(1).toNanos());
                hosts.registry().check();
            }
            assertEquals(HostCondition.READY, hosts.registry().views().getFirst().condition());
            assertEquals(200, host.get("shop.example"));
            Instant back = Instant.now();
            nats.start();
            while (hosts.registry().views().getFirst().lastHeartbeat().isBefore(back)) {
                Thread.onSpinWait();
            }
            hosts.registry().check();
            assertEquals(WorkloadState.RUNNING, hosts.commands().status("h1", "1").workloadState());
            assertEquals(List.of(), heard.left());
            assertEquals(HostCondition.READY, hosts.registry().views().getFirst().condition());
        }
    }

    @Test
    void aHostIsCordonedAndDrained() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                Hosts hosts = hosts(nats);
                TestHost host = new TestHost(folder, "h1", TestHost.nats(nats.url()))) {
            heard.await(Appeared.class);
            hosts.commands().start("h1", Workloads.api("1", "shop"));
            for (HostCondition condition : List.of(HostCondition.CORDONED, HostCondition.DRAINING)) {
                hosts.registry().mark("h1", condition);
                assertEquals(condition, heard.await(Changed.class).host().view().condition());
                var placement = new Assignments(InstantSource.system()).place("2", request(), hosts.registry().views());
                assertTrue(placement instanceof Unplaceable, placement::toString);
                assertEquals(200, host.get("shop.example"), "what runs goes on");
            }
            hosts.registry().mark("h1", HostCondition.READY);
            heard.await(Changed.class);
            var placement = new Assignments(InstantSource.system()).place("2", request(), hosts.registry().views());
            assertTrue(placement instanceof Placed, placement::toString);
        }
    }

    @Test
    void aHostThatWasCutOffStopsWhatRunsElsewhereWhenItIsBack() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                Hosts hosts = hosts(nats);
                TestHost host = new TestHost(folder, "h1", TestHost.nats(nats.url()))) {
            heard.await(Appeared.class);
            hosts.commands().start("h1", Workloads.api("1", "shop"));
            hosts.commands().start("h1", Workloads.api("2", "other"));
            hosts.stopWhenBack("h1", "1");
            hosts.registry().gone("h1", "a test says so");
            heard.await(Lost.class);
            heard.await(Appeared.class); // with its next heartbeat
            while (hosts.commands().status("h1", "1").workloadState() != WorkloadState.NOT_FOUND) {
                Thread.onSpinWait();
            }
            assertEquals(404, host.get("shop.example"));
            assertEquals(200, host.get("other.example"));
        }
    }

    @Test
    void passwordsAreSentAndUnknownSettingsRefused() throws Exception {
        try (NatsServer nats = new NatsServer(folder, "--user", "op", "--pass", "secret")) {
            Settings settings = TestHost.nats(nats.url()).with("user", "op").with("password", "secret");
            try (Hosts hosts = hosts(settings, QUICK, System::nanoTime);
                    TestHost host = new TestHost(folder, "h1", settings)) {
                heard.await(Appeared.class);
                assertEquals(404, host.get("x.example"));
                assertTrue(hosts.registry().isHearing());
            }
            Settings wrong = TestHost.nats(nats.url()).with("paswordd", "x");
            assertThrows(PluginException.Refused.class, () -> hosts(wrong, QUICK, System::nanoTime));
            assertFalse(log.toString().contains("secret"));
        }
    }
}
