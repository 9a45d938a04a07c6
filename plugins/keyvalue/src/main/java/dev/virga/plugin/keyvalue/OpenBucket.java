package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Limits;
import dev.virga.plugin.keyvalue.Bucket.KeyValue;
import dev.virga.plugin.keyvalue.Bucket.Page;
import dev.virga.plugin.keyvalue.Bucket.Versioned;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A bucket that an instance has opened: what all versions of the interface do, within the workload's limits. */
final class OpenBucket implements AutoCloseable {

    private static final int OVERHEAD = 256;
    private static final int KEY_OVERHEAD = 48;

    private final Bucket bucket;
    private final String name;
    private final Limits limits;
    private final Cursors cursors;
    private final Held held;
    private boolean closed;

    OpenBucket(Bucket bucket, String name, Limits limits, Cursors cursors, Held held) {
        this.bucket = bucket;
        this.name = name;
        this.limits = limits;
        this.cursors = cursors;
        this.held = held;
        held.take(size());
    }

    private long size() {
        return OVERHEAD + 2L * name.length();
    }

    Optional<byte[]> get(String key) {
        checkKey(key);
        Optional<byte[]> value = bucket.get(key);
        value.ifPresent(v -> held.passing(v.length));
        return value;
    }

    void set(String key, byte[] value, Optional<Duration> life) {
        check(key, value);
        bucket.set(key, value, life);
    }

    boolean setIfAbsent(String key, byte[] value, Optional<Duration> life) {
        check(key, value);
        return bucket.setIfAbsent(key, value, life);
    }

    void delete(String key) {
        checkKey(key);
        bucket.delete(key);
    }

    boolean exists(String key) {
        checkKey(key);
        return bucket.exists(key);
    }

    Page list(String prefix, Optional<String> cursor) {
        checkKey(prefix);
        cursor.ifPresent(c -> {
            if (!Texts.fits(c, limits.keyBytes() + KEY_OVERHEAD)) {
                throw new KeyValueException(Reason.INVALID, "this is no cursor of list-keys; start without one");
            }
        });
        Page page = bucket.list(prefix, cursor, limits.listed());
        held.passing(page.keys().stream().mapToLong(key -> KEY_OVERHEAD + 2L * key.length()).sum());
        return page;
    }

    /** Cursors as numbers, which those of no backend are. */
    Cursors cursors() {
        return cursors;
    }

    String name() {
        return name;
    }

    long increment(String key, long delta) {
        checkKey(key);
        return bucket.increment(key, delta);
    }

    Optional<Versioned> current(String key) {
        checkKey(key);
        Optional<Versioned> current = bucket.current(key);
        current.ifPresent(c -> held.passing(c.value().length));
        return current;
    }

    boolean swap(String key, byte[] value, Bucket.Condition condition) {
        check(key, value);
        return bucket.swap(key, value, condition);
    }

    List<Optional<KeyValue>> getMany(List<String> keys) {
        checkCount(keys.size());
        keys.forEach(this::checkKey);
        List<Optional<byte[]>> values = keys.isEmpty() ? List.of() : bucket.getMany(keys);
        held.passing(values.stream().mapToLong(v -> KEY_OVERHEAD + v.map(b -> b.length).orElse(0)).sum());
        return IntStream.range(0, keys.size())
                .mapToObj(i -> values.get(i).map(value -> new KeyValue(keys.get(i), value)))
                .toList();
    }

    void setMany(List<KeyValue> all) {
        checkCount(all.size());
        long bytes = 0;
        for (KeyValue each : all) {
            check(each.key(), each.value());
            bytes += each.value().length;
        }
        if (bytes > limits.valueBytes()) {
            throw new KeyValueException(Reason.QUOTA, "the values have " + bytes + " bytes together and may have "
                    + limits.valueBytes() + "; set fewer at a time");
        }
        if (!all.isEmpty()) {
            bucket.setMany(all);
        }
    }

    void deleteMany(List<String> keys) {
        checkCount(keys.size());
        keys.forEach(this::checkKey);
        if (!keys.isEmpty()) {
            bucket.deleteMany(keys);
        }
    }

    Held held() {
        return held;
    }

    private void check(String key, byte[] value) {
        checkKey(key);
        if (value.length > limits.valueBytes()) {
            throw new KeyValueException(Reason.QUOTA,
                    "a value has " + value.length + " bytes and may have " + limits.valueBytes());
        }
    }

    private void checkKey(String key) {
        if (!Texts.fits(key, limits.keyBytes())) {
            throw new KeyValueException(Reason.QUOTA, "a key may have " + limits.keyBytes() + " bytes; this one is longer: "
                    + Texts.shown(key));
        }
    }

    private void checkCount(int count) {
        if (count > limits.listed()) {
            throw new KeyValueException(
                    Reason.QUOTA, "a batch has " + count + " keys and may have " + limits.listed());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            held.giveBack(size());
        }
    }
}
