package dev.virga.plugin.keyvalue;

import dev.virga.plugin.CallSpan;
import dev.virga.plugin.InstanceContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A bucket whose calls are part of traces. */
record TracedBucket(Bucket bucket, InstanceContext instance, String system, String name) implements Bucket {

    private <T> T traced(String operation, Supplier<T> call) {
        try (CallSpan span = instance.storing(system, operation, name)) {
            try {
                return call.get();
            } catch (KeyValueException e) {
                span.failed(e.reason().name().toLowerCase(Locale.ROOT));
                throw e;
            } catch (RuntimeException | Error e) {
                span.failed("other");
                throw e;
            }
        }
    }

    private void traced(String operation, Runnable call) {
        traced(operation, () -> {
            call.run();
            return null;
        });
    }

    @Override
    public Optional<byte[]> get(String key) {
        return traced("get", () -> bucket.get(key));
    }

    @Override
    public List<Optional<byte[]>> getMany(List<String> keys) {
        return traced("get-many", () -> bucket.getMany(keys));
    }

    @Override
    public boolean exists(String key) {
        return traced("exists", () -> bucket.exists(key));
    }

    @Override
    public void set(String key, byte[] value, Optional<Duration> life) {
        traced("set", () -> bucket.set(key, value, life));
    }

    @Override
    public void setMany(List<KeyValue> all) {
        traced("set-many", () -> bucket.setMany(all));
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Optional<Duration> life) {
        return traced("set-if-absent", () -> bucket.setIfAbsent(key, value, life));
    }

    @Override
    public void delete(String key) {
        traced("delete", () -> bucket.delete(key));
    }

    @Override
    public void deleteMany(List<String> keys) {
        traced("delete-many", () -> bucket.deleteMany(keys));
    }

    @Override
    public long increment(String key, long delta) {
        return traced("increment", () -> bucket.increment(key, delta));
    }

    @Override
    public Optional<Versioned> current(String key) {
        return traced("current", () -> bucket.current(key));
    }

    @Override
    public boolean swap(String key, byte[] value, Condition condition) {
        return traced("swap", () -> bucket.swap(key, value, condition));
    }

    @Override
    public Page list(String prefix, Optional<String> cursor, int most) {
        return traced("list-keys", () -> bucket.list(prefix, cursor, most));
    }

    @Override
    public AutoCloseable watch(Consumer<String> changed) {
        return bucket.watch(changed);
    }
}
