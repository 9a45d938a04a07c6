package dev.virga.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import dev.virga.link.LinkException.Kind;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkNetworkTest {

    private static final LinkAddress ADDRESS = new LinkAddress("default", "w.v1", "c", "acme:a/b@0.2");

    @TempDir
    private Path store;

    private final BlockingQueue<Optional<LinkException>> ended = new LinkedBlockingQueue<>();
    private NatsServer nats;
    private LinkNetwork caller;
    private LinkNetwork server;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsServer(store);
        caller = new LinkNetwork(new Settings(Map.of("url", nats.url())), _ -> {});
        server = new LinkNetwork(new Settings(Map.of("url", nats.url())), _ -> {});
    }

    @AfterEach
    void stop() throws Exception {
        try (NatsServer _ = nats;
                LinkNetwork _ = server;
                LinkNetwork _ = caller) {
            // in this order from the last on
        }
    }

    private LinkNetwork.Serving serve(int calls, Limiter limiter, LinkHandler handler) {
        // A call waits for the connection, and tells that the server has one.
        assertThrows(LinkException.class, () -> server.call(ADDRESS, call("f", Duration.ofSeconds(20))));
        return server.serve(ADDRESS, "ns", calls, limiter, ended::add, handler);
    }

    private static LinkCall call(String function, Duration within) {
        return new LinkCall("ns", function, "0123456789abcdef", within, "id\r\nx", Map.of(), new byte[] {1, 2});
    }

    @Test
    void whatIsSentArrivesAndTheAnswerComesBack() throws Exception {
        LinkCall[] got = new LinkCall[1];
        try (LinkNetwork.Serving _ = serve(1, Limiter.UNLIMITED, (call, most) -> {
            got[0] = call;
            assertTrue(most > 1_000_000 && most < 1 << 20);
            return new byte[] {3};
        })) {
            assertArrayEquals(new byte[] {3}, caller.call(ADDRESS, call("f", Duration.ofSeconds(20))));
        }
        assertEquals(Optional.empty(), ended.take());
        assertEquals("f", got[0].function());
        assertEquals("ns", got[0].callerNamespace());
        assertEquals("0123456789abcdef", got[0].fingerprint());
        assertEquals("", got[0].requestId()); // which no header can hold
        assertEquals(Duration.ofSeconds(20), got[0].within());
        assertArrayEquals(new byte[] {1, 2}, got[0].arguments());
    }

    @Test
    void anInterruptedCallerStopsWaitingAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        BlockingQueue<LinkException> failure = new LinkedBlockingQueue<>();
        try (LinkNetwork.Serving _ = serve(1, Limiter.UNLIMITED, (_, _) -> {
            arrived.countDown();
            try {
                end.await();
            } catch (InterruptedException _) {
                // the test ends
            }
            return new byte[0];
        })) {
            Thread thread = Thread.ofVirtual().start(() -> {
                failure.add(assertThrows(
                        LinkException.class, () -> caller.call(ADDRESS, call("f", Duration.ofMinutes(5)))));
                assertTrue(Thread.currentThread().isInterrupted());
            });
            arrived.await();
            thread.interrupt();
            assertEquals(Kind.CANCELLED, failure.take().kind());
            end.countDown();
        }
    }

    @Test
    void moreCallsThanMayBeUnderWayAreRefusedAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        try (LinkNetwork.Serving serving = serve(2, Limiter.UNLIMITED, (_, _) -> {
            arrived.countDown();
            try {
                end.await();
            } catch (InterruptedException _) {
                // the test ends
            }
            return new byte[] {9};
        })) {
            BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
            for (int i = 0; i < 2; i++) {
                Thread.ofVirtual().start(() -> answers.add(caller.call(ADDRESS, call("f", Duration.ofSeconds(50)))));
            }
            arrived.await();
            LinkException e = assertThrows(
                    LinkException.class, () -> caller.call(ADDRESS, call("f", Duration.ofSeconds(50))));
            assertEquals(Kind.BUSY, e.kind());
            assertEquals(Kind.BUSY, ended.take().orElseThrow().kind());
            Thread drain = Thread.ofVirtual().start(() -> serving.drain(Duration.ofSeconds(30)));
            assertFalse(drain.join(Duration.ofMillis(20)), "it waits for those under way");
            end.countDown();
            assertEquals(9, answers.take()[0]);
            assertEquals(9, answers.take()[0]);
            drain.join();
        }
        LinkException gone =
                assertThrows(LinkException.class, () -> caller.call(ADDRESS, call("f", Duration.ofSeconds(50))));
        assertEquals(Kind.NOBODY, gone.kind());
    }

    @Test
    void aCallThatTheMemoryLeavesNoRoomForIsRefused() {
        Limiter none = new Limiter() {
            @Override
            public boolean reserve(long bytes) {
                return false;
            }

            @Override
            public void release(long bytes) {
                throw new AssertionError("nothing was reserved");
            }
        };
        try (LinkNetwork.Serving _ = serve(1, none, (_, _) -> new byte[0])) {
            for (int i = 0; i < 3; i++) { // room is given back
                LinkException e = assertThrows(
                        LinkException.class, () -> caller.call(ADDRESS, call("f", Duration.ofSeconds(20))));
                assertTrue(e.getMessage().contains("memory"), e.getMessage());
            }
        }
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNotSent() throws Exception {
        try (LinkNetwork.Serving _ = serve(1, Limiter.UNLIMITED, (call, _) -> {
            try {
                Thread.sleep(call.within().plusMillis(1)); // being late is what is tested
            } catch (InterruptedException _) {
                // the test ends
            }
            return new byte[0];
        })) {
            LinkException e = assertThrows(
                    LinkException.class, () -> caller.call(ADDRESS, call("f", Duration.ofMillis(50))));
            assertEquals(Kind.DEADLINE, e.kind());
            assertEquals(Kind.DEADLINE, ended.poll(20, TimeUnit.SECONDS).orElseThrow().kind());
        }
    }
}
