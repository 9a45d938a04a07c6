package dev.virga.plugin.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.plugin.keyvalue.Bucket.Condition;
import dev.virga.plugin.keyvalue.Bucket.KeyValue;
import dev.virga.plugin.keyvalue.Bucket.Page;
import dev.virga.plugin.keyvalue.Bucket.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Does the same with a bucket and a map. */
final class RandomOperations {

    private final Bucket bucket;
    private final TreeMap<String, String> model = new TreeMap<>();
    private final Random random;

    private RandomOperations(Bucket bucket, long seed) {
        this.bucket = bucket;
        this.random = new Random(seed);
    }

    static void run(Bucket bucket, long seed, int steps) {
        RandomOperations operations = new RandomOperations(bucket, seed);
        for (int i = 0; i < steps; i++) {
            operations.step("step " + i + " of seed " + seed);
        }
    }

    private void step(String where) {
        String key = key();
        String value = random.nextInt(4) == 0 ? "" + random.nextInt(100) : "v" + "x".repeat(random.nextInt(2000));
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> {
                bucket.set(key, bytes(value), Optional.empty());
                model.put(key, value);
            }
            case 3 -> {
                bucket.delete(key);
                model.remove(key);
            }
            case 4 -> assertEquals(Optional.ofNullable(model.get(key)), text(bucket.get(key)), where);
            case 5 -> assertEquals(model.containsKey(key), bucket.exists(key), where);
            case 6 -> increment(key, where);
            case 7 -> swap(key, value, where);
            case 8 -> {
                assertEquals(!model.containsKey(key), bucket.setIfAbsent(key, bytes(value), Optional.empty()), where);
                model.putIfAbsent(key, value);
            }
            case 9 -> many(where);
            default -> list(where);
        }
    }

    private void increment(String key, String where) {
        String old = model.getOrDefault(key, "0");
        if (old.startsWith("v")) {
            return;
        }
        long sum = Long.parseLong(old) + 3;
        assertEquals(sum, bucket.increment(key, 3), where);
        model.put(key, "" + sum);
    }

    private void swap(String key, String value, String where) {
        Optional<Versioned> current = bucket.current(key);
        assertEquals(Optional.ofNullable(model.get(key)), text(current.map(Versioned::value)), where);
        if (current.isEmpty()) {
            return;
        }
        boolean right = random.nextBoolean();
        Optional<byte[]> required = random.nextBoolean() ? current.map(Versioned::value) : Optional.empty();
        String version = right ? current.get().version() : "0";
        assertEquals(right, bucket.swap(key, bytes(value), new Condition(Optional.of(version), required)), where);
        if (right) {
            model.put(key, value);
        }
    }

    private void many(String where) {
        List<String> keys = IntStream.range(0, random.nextInt(1, 6)).mapToObj(_ -> key()).toList();
        switch (random.nextInt(3)) {
            case 0 -> {
                bucket.setMany(keys.stream().map(k -> new KeyValue(k, bytes("v" + k))).toList());
                keys.forEach(k -> model.put(k, "v" + k));
            }
            case 1 -> {
                bucket.deleteMany(keys);
                keys.forEach(model::remove);
            }
            default -> assertEquals(
                    keys.stream().map(k -> Optional.ofNullable(model.get(k))).toList(),
                    bucket.getMany(keys).stream().map(RandomOperations::text).toList(),
                    where);
        }
    }

    private void list(String where) {
        String prefix = random.nextBoolean() ? "" : key().substring(0, 1);
        Set<String> expected = new HashSet<>(model.tailMap(prefix).keySet());
        expected.removeIf(k -> !k.startsWith(prefix));
        assertEquals(expected, listed(bucket, prefix, random.nextInt(1, 40)), where);
    }

    private String key() {
        return "" + "aбc:*".charAt(random.nextInt(5)) + random.nextInt(12);
    }

    /** All pages. */
    static Set<String> listed(Bucket bucket, String prefix, int most) {
        Set<String> keys = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = bucket.list(prefix, cursor, most);
            keys.addAll(page.keys());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return keys;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> text(Optional<byte[]> value) {
        return value.map(v -> new String(v, StandardCharsets.UTF_8));
    }
}
