package dev.virga.hostapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.TestOperator.Status;
import dev.virga.oci.RegistrySettings;
import dev.virga.plugin.nats.NatsServer;
import io.nats.client.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are slow, servers that go, messages that are large. */
@Timeout(120)
class OutageTest {

    @TempDir
    private Path folder;

    @Test
    void aSlowPullDelaysNothingElse() throws Exception {
        Timing timing = new Timing(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMillis(100));
        try (NatsServer nats = new NatsServer(folder);
                TestOperator operator = new TestOperator(nats.url());
                SilentRegistry registry = new SilentRegistry();
                TestHost host = new TestHost(
                        folder, "h1", TestHost.nats(nats.url()), timing, TestHost.registry(registry.address()))) {
            operator.await("h1");
            CompletableFuture<Status> slow = operator.startLater(
                    "h1", "slow", TestOperator.http("a", "slow", registry.address() + "/x:1", "slow.example"));
            registry.awaitConnection();
            operator.forgetHeartbeats();
            assertEquals("RUNNING", operator.start("h1", "quick", TestOperator.api("a", "quick", "x.example")).state());
            assertEquals("STARTING", operator.status("h1", "slow").state());
            for (int i = 0; i < 3; i++) {
                operator.heartbeat();
            }
            assertEquals("STARTING", slow.get().state(), "an answer before the operator gives up");

            assertEquals("STOPPING", operator.stop("h1", "slow").state());
            assertEquals("STOPPING", operator.status("h1", "slow").state());
            registry.close();
            operator.await("h1", "slow", "NOT_FOUND");
            assertEquals(200, host.get("x.example"));
        }
    }

    @Test
    void aRegistryThatComesBackHasTheWorkloadStarted() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                TestOperator operator = new TestOperator(nats.url());
                PrivateRegistry registry = new PrivateRegistry(Files.createTempDirectory(folder, "registry"));
                TestHost host = new TestHost(
                        folder, "h1", TestHost.nats(nats.url()), TestHost.TIMING, TestHost.registry(registry.address()))) {
            operator.await("h1");
            registry.start();
            String image = registry.push(TestHost.EXAMPLES.resolve("http-api/api.wasm"));
            String workload = TestOperator.http("a", "w", image, "x.example");
            Status refused = operator.start("h1", "1", workload);
            assertEquals("ERROR", refused.state(), "without credentials");
            operator.stop("h1", "1");

            String secret = "\"imagePullSecret\":{\"username\":\"USER\",\"password\":\"PASSWORD\"},\"name\":\"api\""
                    .replace("USER", PrivateRegistry.USER)
                    .replace("PASSWORD", PrivateRegistry.PASSWORD);
            registry.stop();
            String private_ = workload.replace("\"name\":\"api\"", secret);
            assertEquals("ERROR", operator.start("h1", "2", private_).state(), "the registry is away");
            registry.start();
            operator.await("h1", "2", "RUNNING");
            assertEquals(200, host.get("x.example"));
            assertFalse(host.log().contains(PrivateRegistry.PASSWORD));
        }
    }

    @Test
    void anOutageOfTheServerChangesNothing() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                TestOperator operator = new TestOperator(nats.url());
                TestHost host = new TestHost(folder, "h1", TestHost.nats(nats.url()))) {
            operator.await("h1");
            operator.start("h1", "1", TestOperator.api("a", "w", "x.example"));
            for (int round = 0; round < 3; round++) {
                nats.kill();
                operator.forgetHeartbeats();
                long end = System.nanoTime() + Duration.ofSeconds(1).toNanos(); // ten heartbeats
                while (System.nanoTime() < end) {
                    assertEquals(200, host.get("x.example"));
                }
                nats.start();
                operator.await("h1");
                assertEquals("RUNNING", operator.status("h1", "1").state());
            }
            assertEquals("STOPPING", operator.stop("h1", "1").state());
        }
    }

    @Test
    void whatWasAskedForBeforeAnOutageIsDone() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                SilentRegistry registry = new SilentRegistry();
                TestHost host = new TestHost(
                        folder, "h1", TestHost.nats(nats.url()), TestHost.TIMING, TestHost.registry(registry.address()))) {
            try (TestOperator operator = new TestOperator(nats.url())) {
                operator.await("h1");
                operator.startLater("h1", "1", TestOperator.http("a", "w", registry.address() + "/x:1", "x.example"));
                registry.awaitConnection();
            }
            nats.kill();
            registry.close(); // the start fails now, and nobody can be told
            nats.start();
            try (TestOperator operator = new TestOperator(nats.url())) {
                operator.await("h1");
                assertTrue(operator.await("h1", "1", "ERROR").message().contains(registry.address()));
            }
        }
    }

    @Test
    void aHostStartsBeforeItsServer() throws Exception {
        try (NatsServer nats = new NatsServer(folder)) {
            nats.kill();
            try (TestHost host = new TestHost(folder, "h1", TestHost.nats(nats.url()))) {
                assertEquals(404, host.get("x.example"));
                nats.start();
                try (TestOperator operator = new TestOperator(nats.url())) {
                    operator.await("h1");
                }
            }
        }
    }

    @Test
    void credentialsAreSent() throws Exception {
        try (NatsServer nats = new NatsServer(folder, "--user", "op", "--pass", "secret");
                TestOperator operator = new TestOperator(
                        Options.builder().server(nats.url()).userInfo("op".toCharArray(), "secret".toCharArray()));
                TestHost host = new TestHost(
                        folder, "h1", TestHost.nats(nats.url()).with("user", "op").with("password", "secret"))) {
            operator.await("h1");
            assertEquals("NOT_FOUND", operator.status("h1", "1").state());
            assertFalse(host.log().contains("secret"));
        }
    }

    @Test
    void largeMessagesAreRefusedAndTheNextIsTaken() throws Exception {
        Path config = Files.writeString(folder.resolve("nats.conf"), "max_payload: 8MB\n");
        try (NatsServer nats = new NatsServer(folder, "-c", config.toString());
                TestOperator operator = new TestOperator(nats.url());
                TestHost host = new TestHost(
                        folder, "h1", TestHost.nats(nats.url()), TestHost.TIMING, RegistrySettings.DEFAULT)) {
            operator.await("h1");
            byte[] huge = new byte[6 << 20];
            Arrays.fill(huge, (byte) ' ');
            Status refused = TestOperator.status(operator.later("h1", "workload.start", huge).get());
            assertEquals("ERROR", refused.state());
            assertTrue(refused.message().contains("at most"), refused.message());

            String api = TestOperator.api("a", "w", "x.example");
            Status much = operator.start("h1", "1", api.replace("info", "x".repeat(2 << 20)));
            assertEquals("ERROR", much.state());
            assertTrue(much.message().contains("at most 1048576"), much.message());
            operator.stop("h1", "1");
            Status many = operator.start("h1", "2", api.replace("\"LOG\":\"info\"", variables(20_000)));
            assertEquals("RUNNING", many.state(), many.message());
            assertEquals(200, host.get("x.example"));
        }
    }

    private static String variables(int count) {
        StringBuilder all = new StringBuilder("\"V\":\"\"");
        for (int i = 0; i < count; i++) {
            all.append(",\"V").append(i).append("\":\"value\"");
        }
        return all.toString();
    }
}
