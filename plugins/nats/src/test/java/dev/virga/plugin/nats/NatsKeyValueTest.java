package dev.virga.plugin.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.BackendContract;
import dev.virga.plugin.keyvalue.BackendKind.Opening;
import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsKeyValueTest extends BackendContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path store;

    private static NatsServer server;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Backend backend;

    @BeforeAll
    static void startServer() throws Exception {
        server = new NatsServer(store);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        backend = open(Settings.NONE.with("url", server.url()).with("prefix", "test" + NEXT.incrementAndGet()));
    }

    private Backend open(Settings settings) {
        return new NatsKeyValueKind().open(new Opening("test", settings, () -> store, log::add));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Override
    protected Backend backend() {
        return backend;
    }

    @Override
    protected boolean knowsLives() {
        return false; // nats-server 2.9 would ignore one
    }

    @Test
    void sharedBucketsAreThoseOfOtherPrograms() throws Exception {
        try (Connection other = Nats.connect(server.url());
                Backend shared = open(Settings.NONE.with("url", server.url()).with("shared", "true"))) {
            other.keyValueManagement().create(KeyValueConfiguration.builder("common").build());
            KeyValue common = other.keyValue("common");
            common.put("theirs.1", "x".getBytes(UTF_8));
            Bucket bucket = shared.bucket("a", "common", MOST);
            assertArrayEquals("x".getBytes(UTF_8), bucket.get("theirs.1").orElseThrow());
            shared.bucket("b", "common", MOST).set("ours/1", "y".getBytes(UTF_8), Optional.empty());
            assertEquals("y", common.get("ours/1").getValueAsString());
            assertEquals(List.of("theirs.1", "ours/1"), bucket.list("", Optional.empty(), 10).keys());
            KeyValueException e = assertThrows(
                    KeyValueException.class, () -> shared.bucket("a", "none", MOST).get("k"));
            assertEquals(Reason.NO_SUCH_STORE, e.reason());
            assertThrows(KeyValueException.class, () -> shared.bucket("a", "a.b", MOST));
            assertThrows(KeyValueException.class, () -> shared.bucket("a", "b".repeat(1000), MOST));
        }
    }

    /** As the server does to one whose credentials it refuses. */
    @Test
    void aWatchOutlivesAConnectionThatWasEndedForGood() throws Exception {
        Semaphore told = new Semaphore(0);
        Bucket bucket = backend.bucket("a", "b", MOST);
        try (AutoCloseable _ = bucket.watch(_ -> told.release())) {
            Connection first = ((NatsKeyValue) backend).client().connected(Duration.ofSeconds(20));
            first.close();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            do {
                assertTrue(System.nanoTime() < end, log::toString);
                bucket.set("k", new byte[1], Optional.empty());
            } while (!told.tryAcquire(20, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void bucketsWithLongNamesAreApart() {
        String name = "b".repeat(1000);
        for (String namespace : List.of("a", "b")) {
            backend.bucket(namespace, name, MOST).set("k", namespace.getBytes(UTF_8), Optional.empty());
        }
        backend.bucket("a", name + "b", MOST).set("k", "longer".getBytes(UTF_8), Optional.empty());
        assertArrayEquals("a".getBytes(UTF_8), backend.bucket("a", name, MOST).get("k").orElseThrow());
        assertArrayEquals("b".getBytes(UTF_8), backend.bucket("b", name, MOST).get("k").orElseThrow());
    }

    @Test
    void whatIsWrongIsRefused() {
        Bucket bucket = backend.bucket("a", "b", 16 << 20);
        for (String cursor : List.of("", "x", "-1", "0", "99999999999999999999")) {
            KeyValueException e =
                    assertThrows(KeyValueException.class, () -> bucket.list("", Optional.of(cursor), 10));
            assertEquals(Reason.INVALID, e.reason());
        }
        KeyValueException e = assertThrows(
                KeyValueException.class, () -> bucket.set("k", new byte[2 << 20], Optional.empty()));
        assertEquals(Reason.QUOTA, e.reason(), e.getMessage());
    }

    @Test
    void aRestartOfTheServerLosesNothing(@TempDir Path own) throws Exception {
        try (NatsServer restarted = new NatsServer(own);
                Backend quick = open(Settings.NONE.with("url", restarted.url()).with("timeout", "200ms"));
                Backend patient = open(Settings.NONE.with("url", restarted.url()).with("timeout", "30s"))) {
            patient.bucket("a", "b", MOST).set("k", "kept".getBytes(UTF_8), Optional.empty());
            restarted.kill();
            KeyValueException e = assertThrows(
                    KeyValueException.class, () -> quick.bucket("a", "b", MOST).get("k"));
            assertEquals(true, e.reason() == Reason.UNAVAILABLE || e.reason() == Reason.TIMEOUT, e.toString());
            restarted.start();
            assertArrayEquals(
                    "kept".getBytes(UTF_8), patient.bucket("a", "b", MOST).get("k").orElseThrow());
        }
    }
}
