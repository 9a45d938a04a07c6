package dev.virga.plugin.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.BackendKind;
import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes, comes, is slow, or is something else. */
class RedisOutageTest {

    private static final Duration TIMEOUT = Duration.ofMillis(700);

    private final List<String> log = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Backend open(String url, String timeout) {
        Settings settings = Settings.NONE.with("url", url).with("timeout", timeout).with("pool", "2");
        return new RedisKind().open(new BackendKind.Opening("redis", settings, () -> folder, log::add));
    }

    @Test
    void whereRedisIsTheOperatorIsToldAndNoGuest() {
        try (Backend backend = open("redis://no-such-redis.invalid:6379", "50ms")) {
            KeyValueException e = assertThrows(
                    KeyValueException.class, () -> backend.bucket("a", "b", 1000).get("k"));
            assertEquals("Redis cannot be reached now", e.getMessage());
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(log.getFirst().startsWith("redis at no-such-redis.invalid:6379 cannot be reached: "), log::toString);
        }
    }

    @Test
    void aRestartIsSurvived() throws Exception {
        try (RedisServer server = new RedisServer(folder);
                Backend brief = open(server.url(), "300ms");
                Backend patient = open(server.url(), "30s")) {
            Bucket bucket = patient.bucket("a", "b", 1000);
            bucket.set("k", new byte[1], Optional.empty());
            bucket.increment("n", 1);
            server.kill();
            KeyValueException e = assertThrows(
                    KeyValueException.class, () -> brief.bucket("a", "b", 1000).get("k"));
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().startsWith("Redis cannot be reached now"), e.getMessage());
            CompletableFuture<Boolean> read = CompletableFuture.supplyAsync(() -> bucket.exists("k"), Thread::startVirtualThread);
            CompletableFuture<Long> changed = CompletableFuture.supplyAsync(() -> bucket.increment("n", 1), Thread::startVirtualThread);
            server.start();
            assertTrue(read.get(30, TimeUnit.SECONDS));
            assertEquals(2, changed.get(30, TimeUnit.SECONDS));
            server.kill();
            server.start();
            assertEquals(3, bucket.increment("n", 1), "a connection from before is no trouble");
            assertEquals(3, brief.bucket("a", "b", 1000).increment("n", 0));
        }
    }

    @Test
    void whatIsTooLargeForAGuestIsNoOutage() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        try (Peer peer = new Peer(new byte[0], true) {
            @Override
            byte[] answer() throws InterruptedException {
                int turn = asked.incrementAndGet();
                both.countDown();
                both.await(); // two connections
                return (turn == 3 ? "$100000\r\n" : "$1\r\nx\r\n").getBytes(US_ASCII);
            }
        };
                Backend backend = open(peer.url(), "10s")) {
            Bucket bucket = backend.bucket("a", "b", 1000);
            var beside = CompletableFuture.supplyAsync(() -> bucket.get("k"), Thread::startVirtualThread);
            bucket.get("k");
            beside.get(10, TimeUnit.SECONDS);
            KeyValueException e = assertThrows(KeyValueException.class, () -> bucket.get("k"));
            assertEquals(Reason.QUOTA, e.reason(), e.getMessage());
            assertEquals(List.of(), log);
            assertTrue(bucket.get("k").isPresent());
            assertEquals(2, peer.accepted.size(), "the other connection is still in use");
        }
    }

    @Test
    void aRedisThatStillReadsItsDataIsWaitedFor() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Peer peer = new Peer(new byte[0], true) {
            @Override
            byte[] answer() {
                String text = asked.incrementAndGet() <= 3 ? "-LOADING Redis is loading the dataset in memory" : ":1";
                return (text + "\r\n").getBytes(US_ASCII);
            }
        };
                Backend backend = open(peer.url(), "10s")) {
            assertEquals(1, backend.bucket("a", "b", 1000).increment("n", 1));
            assertEquals(5, asked.get(), "refused three times, asked whether it is there, then told once");
        }
    }

    @Test
    void changesAreToldAgainAfterARestart() throws Exception {
        try (RedisServer server = new RedisServer(folder);
                Backend backend = open(server.url(), "10s")) {
            Bucket bucket = backend.bucket("a", "b", 1000);
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            AutoCloseable watching = bucket.watch(told::add);
            server.kill();
            server.start();
            Optional<String> heard = Optional.empty();
            for (int i = 0; i < 200 && heard.isEmpty(); i++) {
                bucket.set("k", new byte[1], Optional.empty());
                heard = Optional.ofNullable(told.poll(100, TimeUnit.MILLISECONDS));
            }
            assertEquals(Optional.of("k"), heard);
            watching.close();
        }
    }

    @Test
    void whoIsNotToldOfChangesGetsToKnowWhy() throws Exception {
        try (RedisServer server = new RedisServer(folder, "--notify-keyspace-events", "");
                Backend backend = open(server.url(), "10s")) {
            backend.bucket("a", "b", 1000).watch(key -> {}).close();
            assertTrue(log.getFirst().contains("set its notify-keyspace-events to K$gx"), log.toString());
        }
    }

    @Test
    void aPasswordIsAskedFor() throws Exception {
        try (RedisServer server = new RedisServer(folder, "--requirepass", "secret");
                Backend without = open(server.url(), "1s");
                Backend with = open("redis://:secret@127.0.0.1:" + server.port() + "/3", "5s")) {
            KeyValueException e =
                    assertThrows(KeyValueException.class, () -> without.bucket("a", "b", 1000).get("k"));
            assertEquals("Redis refuses the credentials that the host's operator has set", e.getMessage());
            with.bucket("a", "b", 1000).set("k", new byte[1], Optional.empty());
            assertTrue(with.bucket("a", "b", 1000).exists("k"));
        }
    }

    @Test
    void anEvictingRedisIsFull() throws Exception {
        try (RedisServer server = new RedisServer(folder, "--maxmemory", "4mb");
                Backend backend = open(server.url(), "5s")) {
            Bucket bucket = backend.bucket("a", "b", 1000);
            KeyValueException e = assertThrows(KeyValueException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    bucket.set("k" + i, new byte[100_000], Optional.empty());
                }
            });
            assertEquals(Reason.QUOTA, e.reason(), e.getMessage());
        }
    }

    @Test
    @Timeout(60)
    void garbageIsAnErrorInTime() throws Exception {
        List<String> answers = List.of(
                "HTTP/1.1 400 Bad Request\r\n\r\n", "$2000000000\r\n", "*2000000000\r\n", "$99999999999999999999\r\n",
                "*1\r\n".repeat(10_000), "$x\r\n", ":1\r\n", "+" + "x".repeat(1 << 20), "$5\r\nabc", "", "\0\0\0\0",
                "*2\r\n:1\r\n:2\r\n", "-" + "E".repeat(1000) + "\r\n");
        for (String answer : answers) {
            try (Peer peer = new Peer(answer.getBytes(US_ASCII), true);
                    Backend backend = open(peer.url(), TIMEOUT.toMillis() + "ms")) {
                String shown = answer.substring(0, Math.min(20, answer.length()));
                assertInTime(shown, () -> backend.bucket("a", "b", 1000).get("k"));
                assertInTime(shown, () -> backend.bucket("a", "b", 1000).list("", Optional.empty(), 10));
                assertInTime(shown, () -> backend.bucket("a", "b", 1000).getMany(List.of("a", "b", "c")));
                backend.close();
                while (peer.ended.get() < peer.accepted.size()) { // the client leaves none open
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void aPeerThatTricklesIsTooSlow() throws Exception {
        try (Peer peer = new Peer("$1000\r\n".getBytes(US_ASCII), false) {
            @Override
            void goOn(Socket socket) throws Exception {
                for (int i = 0; i < 1000; i++) {
                    socket.getOutputStream().write('x');
                    Thread.sleep(50); // slower than the timeout allows, and never silent for long
                }
            }
        };
                Backend backend = open(peer.url(), TIMEOUT.toMillis() + "ms")) {
            KeyValueException e = assertInTime("trickle", () -> backend.bucket("a", "b", 10_000).get("k"));
            assertEquals(Reason.TIMEOUT, e.reason(), e.getMessage());
        }
    }

    @Test
    void aPeerThatTakesNothingIsTooSlow() throws Exception {
        try (Peer peer = new Peer(new byte[0], false);
                Backend backend = open(peer.url(), TIMEOUT.toMillis() + "ms")) {
            Bucket bucket = backend.bucket("a", "b", 1000);
            assertInTime("silent", () -> bucket.get("k"));
            assertInTime("silent", () -> bucket.set("k", new byte[64 << 20], Optional.empty()));
            assertInTime("silent", () -> bucket.increment("k", 1));
            List<CompletableFuture<KeyValueException>> more = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                more.add(CompletableFuture.supplyAsync(
                        () -> assertInTime("many", () -> bucket.get("k")), Thread::startVirtualThread));
            }
            for (CompletableFuture<KeyValueException> each : more) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void anInterruptedCallEnds() throws Exception {
        try (Peer peer = new Peer(new byte[0], false);
                Backend backend = open(peer.url(), "60s")) {
            Thread caller = Thread.ofVirtual().start(() ->
                    assertThrows(KeyValueException.class, () -> backend.bucket("a", "b", 1000).get("k")));
            peer.accepted.poll(10, TimeUnit.SECONDS);
            caller.interrupt();
            assertTrue(caller.join(Duration.ofSeconds(10)));
        }
    }

    private interface Action {
        void run();
    }

    private static KeyValueException assertInTime(String what, Action action) {
        long begin = System.nanoTime();
        KeyValueException e = assertThrows(KeyValueException.class, action::run, what);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(TIMEOUT.multipliedBy(3)) < 0, what + " took " + took);
        assertTrue(e.getMessage().length() < 400, e.getMessage());
        return e;
    }

    /** Accepts connections and says the same to each command. */
    private static class Peer implements AutoCloseable {

        final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        final AtomicInteger ended = new AtomicInteger();
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new CopyOnWriteArrayList<>();
        private final byte[] answer;

        Peer(byte[] answer, boolean reads) throws Exception {
            this.answer = answer;
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket socket = listener.accept();
                        open.add(socket);
                        accepted.add(socket);
                        Thread.ofVirtual().start(() -> serve(socket, reads));
                    }
                } catch (java.io.IOException e) {
                    // closed
                }
            });
        }

        private void serve(Socket socket, boolean reads) {
            try {
                if (!reads) {
                    socket.getOutputStream().write(answer());
                    goOn(socket);
                    return;
                }
                byte[] buffer = new byte[10_000];
                while (socket.getInputStream().read(buffer) > 0) {
                    socket.getOutputStream().write(answer());
                }
            } catch (Exception e) {
                // the other end has had enough
            } finally {
                ended.incrementAndGet();
            }
        }

        byte[] answer() throws InterruptedException {
            return answer;
        }

        void goOn(Socket socket) throws Exception {}

        String url() {
            return "redis://127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws Exception {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
