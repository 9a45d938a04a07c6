package dev.virga.plugin.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.BackendContract;
import dev.virga.plugin.keyvalue.BackendKind;
import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisBackendTest extends BackendContract {

    @TempDir
    private static Path folder;

    private static RedisServer server;

    private final String prefix = UUID.randomUUID() + ":";
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Backend backend = open(Settings.NONE.with("prefix", prefix));

    @BeforeAll
    static void startServer() throws Exception {
        server = new RedisServer(folder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private Backend open(Settings settings) {
        return new RedisKind().open(new BackendKind.Opening(
                "redis", settings.with("url", server.url()), () -> folder, log::add));
    }

    @Override
    protected Backend backend() {
        return backend;
    }

    @Test
    void keysAreCalledAsTheLayoutSays() {
        Map<String, String> layouts = Map.of("namespaces", "a%3Ab:c%25:k", "buckets", "c%:k", "flat", "k");
        try (RedisClient redis = RedisClient.builder().hostAndPort("127.0.0.1", server.port()).build()) {
            layouts.forEach((layout, key) -> {
                String own = UUID.randomUUID() + "/";
                try (Backend other = open(Settings.NONE.with("layout", layout).with("prefix", own))) {
                    Bucket bucket = other.bucket("a:b", "c%", MOST);
                    bucket.set("k", "v".getBytes(UTF_8), Optional.empty());
                    assertEquals("v", redis.get(own + key));
                    redis.set(own + key, "41");
                    assertEquals(42, bucket.increment("k", 1));
                    assertEquals(Set.of("k"), listed(bucket));
                }
            });
        }
    }

    @Test
    void othersKeysDoNoHarm() {
        try (RedisClient redis = RedisClient.builder().hostAndPort("127.0.0.1", server.port()).build();
                Backend flat = open(Settings.NONE.with("layout", "flat").with("prefix", prefix))) {
            redis.set((prefix + "ok").getBytes(UTF_8), new byte[] {1});
            redis.lpush(prefix + "list", "x");
            byte[] noText = (prefix + "??").getBytes(UTF_8);
            noText[noText.length - 1] = (byte) 0xff;
            redis.set(noText, new byte[1]);
            Bucket bucket = flat.bucket("any", "any", MOST);
            assertEquals(Set.of("ok", "list"), listed(bucket));
            assertEquals(Reason.INVALID, assertThrows(KeyValueException.class, () -> bucket.get("list")).reason());
            assertArrayEquals(new byte[] {1}, bucket.get("ok").orElseThrow());
        }
    }

    @Test
    void aBucketIsFoundAmongManyKeysOfOthers() {
        Bucket many = backend.bucket("other", "b", MOST);
        for (int i = 0; i < 20; i++) {
            int part = i;
            many.setMany(java.util.stream.IntStream.range(0, 1000)
                    .mapToObj(j -> new Bucket.KeyValue(part + " " + j, new byte[1]))
                    .toList());
        }
        Bucket bucket = backend.bucket("tenant", "b", MOST);
        bucket.set("k", new byte[1], Optional.empty());
        assertEquals(List.of("k"), bucket.list("", Optional.empty(), 1000).keys(), "in one call");
    }

    private static Set<String> listed(Bucket bucket) {
        Set<String> keys = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Bucket.Page page = bucket.list("", cursor, 100);
            keys.addAll(page.keys());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return keys;
    }

    @Test
    void aWrongCursorIsRefused() {
        Bucket bucket = backend.bucket("tenant", "b", MOST);
        for (String cursor : List.of("", "x", "-1", "0 MATCH *", "1".repeat(30))) {
            KeyValueException e =
                    assertThrows(KeyValueException.class, () -> bucket.list("", Optional.of(cursor), 10));
            assertEquals(Reason.INVALID, e.reason());
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        List<Settings> wrong = List.of(
                Settings.NONE.with("host", "x"), Settings.NONE.with("layout", "x"), Settings.NONE.with("pool", "0"),
                Settings.NONE.with("timeout", "0s"), Settings.NONE.with("database", "-1"),
                Settings.NONE.with("ca", "/none"));
        wrong.forEach(settings -> assertThrows(PluginException.Refused.class, () -> open(settings)));
        for (String url : List.of("", "x", "http://localhost:1", "redis://", "redis://u:secret@h:1/x")) {
            PluginException.Refused e = assertThrows(PluginException.Refused.class, () -> new RedisKind()
                    .open(new BackendKind.Opening("r", Settings.NONE.with("url", url), () -> folder, log::add)));
            assertTrue(!e.getMessage().contains("secret"), e.getMessage());
        }
        assertThrows(PluginException.Refused.class,
                () -> new RedisKind().open(new BackendKind.Opening("r", Settings.NONE, () -> folder, log::add)));
    }
}
