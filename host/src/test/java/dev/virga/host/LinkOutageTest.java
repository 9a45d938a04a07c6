package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.link.LinkException;
import dev.virga.link.LinkException.Kind;
import dev.virga.plugin.nats.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LinkOutageTest {

    @TempDir
    private Path folder;

    @Test
    void callsFailClearlyWhileNatsIsAwayAndGoOnWhenItIsBack() throws Exception {
        try (NatsServer nats = new NatsServer(Files.createDirectory(folder.resolve("nats")));
                TestHost first = new TestHost(folder.resolve("first"), Optional.empty(), Optional.of(nats.url()));
                TestHost second = new TestHost(folder.resolve("second"), Optional.empty(), Optional.of(nats.url()));
                LinkClient client = new LinkClient(nats.url())) {
            second.apply(LinkManifests.provider(LinkManifests.SERVES).replace("poolSize: 4", "poolSize: 0"));
            first.apply(LinkManifests.relay("relay", "default", "2s", ""));
            second.await("answers", s -> s.phase().equals("Running"));
            first.await("relay", s -> s.phase().equals("Running"));
            assertEquals(2, client.call("relay", "work", "one", 1));
            CompletableFuture<Object> under = CompletableFuture.supplyAsync(
                    () -> client.call("relay", Duration.ofSeconds(3), Map.of(), "work", "wait", 2500),
                    r -> Thread.ofVirtual().start(r));
            second.await("answers", s -> s.instances() > 0);
            nats.kill();
            callUntilItIsKnownToBeAway(client);
            ExecutionException lost = assertThrows(ExecutionException.class, under::get);
            assertEquals(Kind.DEADLINE, ((LinkException) lost.getCause()).kind());
            nats.start();
            assertEquals(2, callUntilAllAreBack(client));
        }
    }

    /** A call that is sent before the loss is noticed is only missed at its deadline. */
    private static void callUntilItIsKnownToBeAway(LinkClient client) {
        LinkException e;
        do {
            e = assertThrows(
                    LinkException.class,
                    () -> client.call("relay", Duration.ofMillis(200), Map.of(), "work", "one", 1));
        } while (e.kind() == Kind.DEADLINE);
        assertEquals(Kind.AWAY, e.kind());
        assertTrue(e.getMessage().contains("no connection to NATS"), e.getMessage());
    }

    /** Each host connects again in its own time; until then nobody serves. */
    private static Object callUntilAllAreBack(LinkClient client) throws InterruptedException {
        while (true) {
            try {
                return client.call("relay", Duration.ofSeconds(30), Map.of(), "work", "one", 1);
            } catch (LinkException e) {
                assertTrue(e.kind() == Kind.NOBODY || e.getMessage().contains("nobody serves it"), e.getMessage());
                Thread.sleep(20);
            }
        }
    }

    @Test
    void aWorkloadThatStopsAnswersFirstWhatItHasBegun() throws Exception {
        try (NatsServer nats = new NatsServer(Files.createDirectory(folder.resolve("nats")));
                TestHost first = new TestHost(folder.resolve("first"), Optional.empty(), Optional.of(nats.url()));
                LinkClient client = new LinkClient(nats.url())) {
            first.apply(LinkManifests.relay("relay", "default", "20s", ""));
            first.await("relay", s -> s.phase().equals("Running"));
            try (TestHost second = new TestHost(folder.resolve("second"), Optional.empty(), Optional.of(nats.url()))) {
                second.apply(LinkManifests.provider(LinkManifests.SERVES).replace("poolSize: 4", "poolSize: 0"));
                second.await("answers", s -> s.phase().equals("Running"));
                assertEquals(2, client.call("relay", "work", "one", 1));
                CompletableFuture<Object> under = CompletableFuture.supplyAsync(
                        () -> client.call("relay", "work", "wait", 1500), r -> Thread.ofVirtual().start(r));
                second.await("answers", s -> s.instances() > 0);
                second.delete(dev.virga.host.manifest.Kind.WORKLOAD, "answers");
                assertEquals(1500, under.get());
            }
            LinkException e = assertThrows(LinkException.class, () -> client.call("relay", "work", "one", 1));
            assertTrue(e.getMessage().contains("nobody serves it"), e.getMessage());
        }
    }
}
