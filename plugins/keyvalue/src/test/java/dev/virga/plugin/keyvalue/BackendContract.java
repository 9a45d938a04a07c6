package dev.virga.plugin.keyvalue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.keyvalue.Bucket.Condition;
import dev.virga.plugin.keyvalue.Bucket.KeyValue;
import dev.virga.plugin.keyvalue.Bucket.Page;
import dev.virga.plugin.keyvalue.Bucket.Versioned;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every backend. Each test has an empty one. */
public abstract class BackendContract {

    protected static final int MOST = 1 << 20;

    /** The backend of this test. */
    protected abstract Backend backend();

    /** Whether a value may have a life; where not, it is refused and not forgotten. */
    protected boolean knowsLives() {
        return true;
    }

    private Bucket bucket() {
        return backend().bucket("tenant", "bucket", MOST);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Optional<String> text(Optional<byte[]> value) {
        return value.map(v -> new String(v, UTF_8));
    }

    @Test
    void aValueIsThereFromSetToDelete() {
        Bucket bucket = bucket();
        assertTrue(bucket.get("k").isEmpty());
        assertFalse(bucket.exists("k"));
        bucket.set("k", bytes("one"), Optional.empty());
        bucket.set("k", bytes("two"), Optional.empty());
        assertEquals(Optional.of("two"), text(bucket.get("k")));
        assertTrue(bucket.exists("k"));
        bucket.delete("k");
        bucket.delete("k");
        assertTrue(bucket.get("k").isEmpty());
    }

    @Test
    void keysAndValuesMayBeAnything() {
        Bucket bucket = bucket();
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        List<String> keys = List.of("", " ", "a:b", "a\0b", "*", "[x]?\\^", "ключ", "🔑", "k".repeat(1024));
        keys.forEach(key -> bucket.set(key, all, Optional.empty()));
        bucket.set("empty", new byte[0], Optional.empty());
        keys.forEach(key -> assertArrayEquals(all, bucket.get(key).orElseThrow()));
        assertEquals(0, bucket.get("empty").orElseThrow().length);
        assertEquals(keys.size() + 1, listed(bucket, "", 100).size());
        assertEquals(Set.of("[x]?\\^"), listed(bucket, "[x]?\\", 100));
    }

    @Test
    void namespacesAndBucketsDoNotSeeEachOther() {
        List<Bucket> buckets = List.of(
                backend().bucket("a", "b", MOST), backend().bucket("a", "b:c", MOST), backend().bucket("a:b", "c", MOST),
                backend().bucket("a", "b%3Ac", MOST), backend().bucket("a2", "b", MOST), backend().bucket("a", "*", MOST));
        for (int i = 0; i < buckets.size(); i++) {
            buckets.get(i).set("k", bytes("" + i), Optional.empty());
            buckets.get(i).set("c:k", bytes("c" + i), Optional.empty());
        }
        for (int i = 0; i < buckets.size(); i++) {
            assertEquals(Optional.of("" + i), text(buckets.get(i).get("k")));
            assertEquals(Optional.of("c" + i), text(buckets.get(i).get("c:k")));
            assertEquals(Set.of("k", "c:k"), listed(buckets.get(i), "", 100));
        }
    }

    @Test
    void manyKeysAtOnce() {
        Bucket bucket = bucket();
        bucket.setMany(List.of(new KeyValue("a", bytes("1")), new KeyValue("b", bytes("2")), new KeyValue("a", bytes("3"))));
        List<Optional<byte[]>> got = bucket.getMany(List.of("b", "none", "a", "b"));
        assertEquals(
                List.of(Optional.of("2"), Optional.empty(), Optional.of("3"), Optional.of("2")),
                got.stream().map(BackendContract::text).toList());
        bucket.deleteMany(List.of("a", "none", "b"));
        assertTrue(listed(bucket, "", 10).isEmpty());
    }

    @Test
    void aReadBringsNoMoreThanItMay() {
        Bucket bucket = backend().bucket("tenant", "bucket", 1000);
        bucket.set("small", new byte[500], Optional.empty());
        bucket.set("large", new byte[100_000], Optional.empty());
        assertEquals(500, bucket.get("small").orElseThrow().length);
        for (List<String> keys : List.of(List.of("large"), List.of("small", "small", "small"))) {
            KeyValueException e = assertThrows(KeyValueException.class, () -> bucket.getMany(keys));
            assertEquals(Reason.QUOTA, e.reason(), e.getMessage());
        }
        assertThrows(KeyValueException.class, () -> bucket.get("large"));
        assertThrows(KeyValueException.class, () -> bucket.current("large"));
        assertEquals(500, bucket.get("small").orElseThrow().length, "and the next call is as before");
    }

    @Test
    void incrementsAddUp() throws Exception {
        Bucket bucket = bucket();
        assertEquals(5, bucket.increment("n", 5));
        assertEquals(-2, bucket.increment("n", -7));
        assertEquals(Optional.of("-2"), text(bucket.get("n")));
        bucket.set("set", bytes("41"), Optional.empty());
        assertEquals(42, bucket.increment("set", 1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    for (int j = 0; j < 50; j++) {
                        bucket.increment("many", 1);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertEquals(400, bucket.increment("many", 0));
    }

    @Test
    void whatIsNoNumberIsNotIncremented() {
        Bucket bucket = bucket();
        for (String value : List.of("x", "", "1.5", "9223372036854775808", "1".repeat(100_000))) {
            bucket.set("k", bytes(value), Optional.empty());
            KeyValueException e = assertThrows(KeyValueException.class, () -> bucket.increment("k", 1));
            assertEquals(Reason.INVALID, e.reason(), e.getMessage());
            assertEquals(Optional.of(value), text(bucket.get("k")));
        }
        bucket.set("k", bytes("" + Long.MAX_VALUE), Optional.empty());
        assertEquals(Reason.INVALID, assertThrows(KeyValueException.class, () -> bucket.increment("k", 1)).reason());
        assertEquals(Optional.of("" + Long.MAX_VALUE), text(bucket.get("k")));
    }

    @Test
    void aSwapNeedsTheVersionThatIsThere() {
        Bucket bucket = bucket();
        assertTrue(bucket.current("k").isEmpty());
        assertFalse(bucket.swap("k", bytes("x"), version("1")));
        bucket.set("k", bytes("one"), Optional.empty());
        Versioned one = bucket.current("k").orElseThrow();
        assertEquals("one", new String(one.value(), UTF_8));
        assertTrue(bucket.swap("k", bytes("two"), version(one.version())));
        assertFalse(bucket.swap("k", bytes("three"), version(one.version())));
        assertEquals(Optional.of("two"), text(bucket.get("k")));
        bucket.delete("k");
        assertFalse(bucket.swap("k", bytes("three"), version(one.version())));
        assertFalse(bucket.exists("k"));
    }

    @Test
    void aSwapMayNeedAValue() {
        Bucket bucket = bucket();
        Condition one = new Condition(Optional.empty(), Optional.of(bytes("one")));
        assertFalse(bucket.swap("k", bytes("x"), one));
        bucket.set("k", bytes("one"), Optional.empty());
        String version = bucket.current("k").orElseThrow().version();
        assertFalse(bucket.swap("k", bytes("x"), new Condition(Optional.of(version), Optional.of(bytes("other")))));
        assertFalse(bucket.swap("k", bytes("x"), new Condition(Optional.of("no"), Optional.of(bytes("one")))));
        assertTrue(bucket.swap("k", bytes("two"), new Condition(Optional.of(version), Optional.of(bytes("one")))));
        assertTrue(bucket.swap("k", bytes("three"), new Condition(Optional.empty(), Optional.of(bytes("two")))));
    }

    @Test
    void ofManySwapsOneWins() throws Exception {
        Bucket bucket = bucket();
        bucket.set("k", bytes("0"), Optional.empty());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    for (int done = 0; done < 20; ) {
                        Versioned now = bucket.current("k").orElseThrow();
                        int next = Integer.parseInt(new String(now.value(), UTF_8)) + 1;
                        done += bucket.swap("k", bytes("" + next), version(now.version())) ? 1 : 0;
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertEquals(Optional.of("160"), text(bucket.get("k")));
    }

    @Test
    void onlyTheFirstSetsWhatIsAbsent() {
        Bucket bucket = bucket();
        assertTrue(bucket.setIfAbsent("k", bytes("1"), Optional.empty()));
        assertFalse(bucket.setIfAbsent("k", bytes("2"), Optional.empty()));
        assertEquals(Optional.of("1"), text(bucket.get("k")));
    }

    @Test
    void aValueHasALife() throws Exception {
        Bucket bucket = bucket();
        Optional<Duration> brief = Optional.of(Duration.ofMillis(30));
        if (!knowsLives()) {
            assertThrows(KeyValueException.class, () -> bucket.set("goes", bytes("1"), brief));
            assertThrows(KeyValueException.class, () -> bucket.setIfAbsent("goes", bytes("1"), brief));
            assertFalse(bucket.exists("goes"));
            return;
        }
        bucket.set("goes", bytes("1"), brief);
        bucket.set("stays", bytes("1"), brief);
        bucket.set("stays", bytes("2"), Optional.empty());
        bucket.increment("counts", 1);
        bucket.set("long", bytes("5"), Optional.of(Duration.ofHours(1)));
        bucket.increment("long", 1);
        await(() -> !bucket.exists("goes"));
        assertEquals(Set.of("stays", "counts", "long"), listed(bucket, "", 100));
        assertTrue(bucket.get("goes").isEmpty());
        assertTrue(bucket.current("goes").isEmpty());
        assertTrue(bucket.setIfAbsent("goes", bytes("3"), brief));
        await(() -> bucket.setIfAbsent("goes", bytes("4"), Optional.empty()));
        assertEquals(Optional.of("4"), text(bucket.get("goes")));
    }

    @Test
    void aLongListingComesInPages() {
        Bucket bucket = bucket();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            List<KeyValue> part = new ArrayList<>();
            for (int j = 0; j < 500; j++) {
                part.add(new KeyValue("key " + i + " " + j, bytes("v")));
                keys.add("key " + i + " " + j);
            }
            bucket.setMany(part);
        }
        assertEquals(keys, listed(bucket, "", 100));
        assertEquals(500, listed(bucket, "key 7 ", 100).size());
        assertTrue(listed(bucket, "none", 100).isEmpty());
    }

    @Test
    void whatIsDeletedPageByPageIsAllGone() {
        Bucket bucket = bucket();
        bucket.setMany(IntStream.range(0, 1000).mapToObj(i -> new KeyValue("k" + i, bytes("v"))).toList());
        Optional<String> cursor = Optional.empty();
        do {
            Page page = bucket.list("", cursor, 50);
            bucket.deleteMany(page.keys());
            cursor = page.cursor();
        } while (cursor.isPresent());
        assertTrue(listed(bucket, "", 10).isEmpty());
    }

    @Test
    void changesAreTold() throws Exception {
        Bucket bucket = bucket();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        AutoCloseable watching = bucket.watch(told::add);
        backend().bucket("tenant", "other", MOST).set("elsewhere", bytes("x"), Optional.empty());
        bucket.set("a", bytes("1"), Optional.empty());
        assertEquals("a", told.poll(10, TimeUnit.SECONDS));
        bucket.delete("a");
        assertEquals("a", told.poll(10, TimeUnit.SECONDS));
        bucket.increment("n:1", 1);
        assertEquals("n:1", told.poll(10, TimeUnit.SECONDS));
        bucket.setMany(List.of(new KeyValue("m1", bytes("1")), new KeyValue("m2", bytes("2"))));
        assertEquals("m1", told.poll(10, TimeUnit.SECONDS));
        assertEquals("m2", told.poll(10, TimeUnit.SECONDS));
        watching.close();
        bucket.set("late", bytes("1"), Optional.empty());
        assertTrue(told.isEmpty(), told.toString());
    }

    @Test
    void itDoesAsAMapDoes() {
        long seed = Long.getLong("virga.test.seed", 7);
        int steps = Integer.getInteger("virga.test.steps", 1500);
        RandomOperations.run(bucket(), seed, steps);
    }

    private static Condition version(String version) {
        return new Condition(Optional.of(version), Optional.empty());
    }

    private static Set<String> listed(Bucket bucket, String prefix, int most) {
        return RandomOperations.listed(bucket, prefix, most);
    }

    /** Waits for the backend's clock. */
    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 10 seconds");
            Thread.yield();
        }
    }
}
