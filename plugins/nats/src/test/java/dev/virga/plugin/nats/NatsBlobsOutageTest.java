package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.Settings;
import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.BlobId;
import dev.virga.plugin.blobstore.BlobListing;
import dev.virga.plugin.blobstore.BlobRead;
import dev.virga.plugin.blobstore.BlobWrite;
import dev.virga.plugin.blobstore.ContainerId;
import dev.virga.plugin.messaging.LoggingHost;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.function.Executable;

/** Servers that are killed, do not answer, or answer what no server does. */
class NatsBlobsOutageTest {

    private static final ContainerId BOX = new ContainerId("tenant", "box");
    private static final BlobId OBJECT = new BlobId(BOX, "object");

    private final List<String> log = new CopyOnWriteArrayList<>();

    private BlobBackend open(String url, String timeout) {
        return new NatsBlobProvider()
                .open(Settings.NONE.with("url", url).with("timeout", timeout), new LoggingHost(log));
    }

    private static byte[] bytes(String name, int version) {
        Random random = new Random(name.hashCode() * 31L + version);
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 1000 : 400_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void write(BlobBackend backend, BlobId object, byte[] bytes) throws IOException {
        try (BlobWrite write = backend.write(object)) {
            write.write(bytes, 0, bytes.length);
            write.commit();
        }
    }

    private static byte[] read(BlobBackend backend, BlobId object) throws IOException {
        try (BlobRead read = backend.read(object, 0, Long.MAX_VALUE)) {
            return read.bytes().readAllBytes();
        }
    }

    /** What writers know of their objects. A version below 0 is a deletion. */
    private record Known(int acknowledged, int tried) {}

    @Test
    void killsOfTheServerLoseNothingThatWasAcknowledged(@TempDir Path store) throws Exception {
        Map<String, Known> objects = new ConcurrentHashMap<>();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        try (NatsServer server = new NatsServer(store);
                BlobBackend backend = open(server.url(), "3s")) {
            backend.create(BOX);
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = i;
                writers.add(Thread.startVirtualThread(
                        () -> writeUntil(ended, backend, writer, objects, acknowledged)));
            }
            for (int kill = 1; kill <= 4; kill++) {
                while (acknowledged.get() < kill * 100) {
                    Thread.sleep(1);
                }
                server.kill();
                server.start();
            }
            ended.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        // Also after one more start, which reads all that is stored.
        try (NatsServer server = new NatsServer(store);
                BlobBackend backend = open(server.url(), "30s")) {
            TreeSet<String> there = new TreeSet<>();
            for (Map.Entry<String, Known> entry : objects.entrySet()) {
                if (isThere(backend, entry.getKey(), entry.getValue())) {
                    there.add(entry.getKey());
                }
            }
            try (BlobListing listing = backend.list(BOX)) {
                List<String> names = listing.next(1000);
                assertEquals(new ArrayList<>(there), names.stream().sorted().toList());
                assertEquals(List.of(), listing.next(1));
            }
        }
    }

    private static void writeUntil(
            AtomicBoolean ended, BlobBackend backend, int writer, Map<String, Known> objects,
            AtomicInteger acknowledged) {
        for (int version = 1; !ended.get(); version++) {
            String name = writer + "/" + version % 7;
            int next = version % 5 == 0 ? -version : version;
            int before = objects.getOrDefault(name, new Known(-1, -1)).acknowledged();
            objects.put(name, new Known(before, next));
            while (true) {
                try {
                    if (next < 0) {
                        backend.delete(BOX, List.of(name));
                    } else {
                        write(backend, new BlobId(BOX, name), bytes(name, next));
                    }
                    objects.put(name, new Known(next, next));
                    acknowledged.incrementAndGet();
                    break;
                } catch (IOException _) {
                    // done again
                }
            }
        }
    }

    /** Fails if it is neither what was acknowledged nor what was tried last. */
    private static boolean isThere(BlobBackend backend, String name, Known known) throws IOException {
        Optional<byte[]> found = backend.info(new BlobId(BOX, name)).isPresent()
                ? Optional.of(read(backend, new BlobId(BOX, name)))
                : Optional.empty();
        int size = found.map(bytes -> bytes.length).orElse(-1);
        int version = size == size(name, known.tried()) ? known.tried() : known.acknowledged();
        assertEquals(size(name, version), size, name);
        if (found.isPresent()) {
            assertArrayEquals(bytes(name, version), found.get(), name);
        }
        return found.isPresent();
    }

    private static int size(String name, int version) {
        return version < 0 ? -1 : bytes(name, version).length;
    }

    @Test
    void aRestartInTheMiddleIsWaitedFor(@TempDir Path store) throws Exception {
        byte[] bytes = bytes("large", 7);
        try (NatsServer server = new NatsServer(store);
                BlobBackend patient = open(server.url(), "30s")) {
            patient.create(BOX);
            try (BlobWrite write = patient.write(OBJECT)) {
                for (int i = 0; i < 10; i++) {
                    if (i == 5) {
                        restart(server);
                    }
                    write.write(bytes, 0, bytes.length);
                }
                restart(server);
                write.commit();
            }
            try (BlobRead read = patient.read(OBJECT, 0, Long.MAX_VALUE)) {
                assertEquals(10L * bytes.length, read.size());
                for (int i = 0; i < 10; i++) {
                    if (i == 5) {
                        restart(server);
                    }
                    assertArrayEquals(bytes, read.bytes().readNBytes(bytes.length));
                }
            }
        }
    }

    private void restart(NatsServer server) throws Exception {
        int lost = lost();
        server.kill();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (lost() == lost) { // until jnats has seen it: what it sends before is lost without a word
            assertTrue(System.nanoTime() < end, log::toString);
            Thread.sleep(1);
        }
        server.start();
    }

    private int lost() {
        return (int) log.stream().filter(line -> line.contains("connection lost")).count();
    }

    @Test
    void whatAnAbandonedWriteLeavesIsPurgedOnceTheServerIsBack(@TempDir Path store) throws Exception {
        try (NatsServer server = new NatsServer(store);
                BlobBackend quick = open(server.url(), "300ms");
                BlobBackend patient = open(server.url(), "30s")) {
            patient.create(BOX);
            try (BlobWrite write = quick.write(OBJECT)) {
                write.write(new byte[500_000], 0, 500_000);
                server.kill();
            }
            BlobException e = assertThrows(BlobException.class, () -> write(quick, OBJECT, new byte[1]));
            assertTrue(e.reason() == Reason.UNAVAILABLE || e.reason() == Reason.TIMEOUT, e::toString);
            server.start();
            try (Connection other = Nats.connect(server.url())) {
                assertEquals(3, chunks(other));
                long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (chunks(other) > 0) {
                    assertTrue(System.nanoTime() < end);
                    try {
                        quick.write(OBJECT).close();
                    } catch (BlobException _) {
                        // not connected again yet
                    }
                }
            }
        }
    }

    private static long chunks(Connection other) throws Exception {
        return other.jetStreamManagement()
                .getStreamInfo("OBJ_virga_-tenant_-box", StreamInfoOptions.filterSubjects("$O.*.C.>"))
                .getStreamState().getSubjects().stream().mapToLong(Subject::getCount).sum();
    }

    private interface Answer {
        void to(Connection connection, Message question);
    }

    /** A server without JetStream, where a program takes the part of it that answers so. */
    private void assertFailsInTime(Path store, Answer answer) throws Exception {
        try (NatsServer server = new NatsServer(store, "-js=false");
                Connection other = Nats.connect(server.url());
                BlobBackend backend = open(server.url(), "300ms")) {
            Dispatcher jetStream = other.createDispatcher(question -> answer.to(other, question));
            jetStream.subscribe("$JS.API.>").subscribe("$O.>");
            other.flush(Duration.ofSeconds(10));
            List<Executable> calls = List.of(
                    () -> backend.create(BOX),
                    () -> backend.created(BOX).orElseThrow(() -> new IOException("none")),
                    () -> backend.delete(BOX),
                    () -> backend.clear(BOX),
                    () -> {
                        try (BlobListing listing = backend.list(BOX)) {
                            listing.next(10);
                        }
                    },
                    () -> backend.info(OBJECT).orElseThrow(() -> new IOException("none")),
                    () -> read(backend, OBJECT),
                    () -> backend.read(OBJECT, 3, 5).bytes().readAllBytes(),
                    () -> write(backend, OBJECT, new byte[300_000]),
                    () -> backend.delete(BOX, List.of("object")),
                    () -> backend.copy(OBJECT, new BlobId(BOX, "other")));
            for (int i = 0; i < calls.size(); i++) {
                Executable call = calls.get(i);
                String which = "call " + i;
                assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> assertThrows(IOException.class, call, which), which);
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeout(@TempDir Path store) throws Exception {
        assertFailsInTime(store, (_, _) -> {});
    }

    @Test
    void answersThatNoServerGivesAreErrors(@TempDir Path store) throws Exception {
        List<String> answers = List.of(
                "", "{", "{}", "[]", "null", "\u0000", "{\"error\":{}}", "{\"error\":7}", "{\"config\":1,\"state\":2}",
                "{\"message\":{\"seq\":-1,\"data\":\"%\"}}", "{\"message\":{\"seq\":9,\"hdrs\":\"AAAA\"}}",
                "[".repeat(500_000));
        for (String answer : answers) {
            Path own = Files.createDirectory(store.resolve("server-" + answers.indexOf(answer)));
            assertFailsInTime(own, (connection, question) ->
                    connection.publish(question.getReplyTo(), answer.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void statusesThatNoServerGivesAreErrors(@TempDir Path store) throws Exception {
        assertFailsInTime(store, (connection, question) -> connection.publish(NatsMessage.builder()
                .subject(question.getReplyTo())
                .headers(new Headers().put("Nats-Sequence", "x").put("Nats-Time-Stamp", "y").put("Status", "z"))
                .data("{\"seq\":1}")
                .build()));
    }
}
