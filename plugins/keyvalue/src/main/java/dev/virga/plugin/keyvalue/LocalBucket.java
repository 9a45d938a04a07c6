package dev.virga.plugin.keyvalue;

import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;

/** A bucket of a {@link LocalStore}: a range of its keys. */
final class LocalBucket implements Bucket {

    /**
     * After how many bytes a page ends, whatever it has: listing reads the values too, and what it reads is charged to
     * nobody.
     */
    private static final long SCANNED = 1 << 20;

    private static final int SCANNED_ENTRIES = 10_000;

    private final LocalStore store;
    private final Changes changes;
    private final String prefix;
    private final int most;

    LocalBucket(LocalStore store, Changes changes, String prefix, int most) {
        this.store = store;
        this.changes = changes;
        this.prefix = prefix;
        this.most = most;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return getMany(List.of(key)).getFirst();
    }

    @Override
    public List<Optional<byte[]>> getMany(List<String> keys) {
        return store.read(tables -> {
            long bytes = 0;
            List<Optional<byte[]>> values = new ArrayList<>(keys.size());
            for (String key : keys) {
                Optional<byte[]> value = tables.get(prefix + key).map(Entry::value);
                bytes += value.map(v -> v.length).orElse(0);
                checkRead(bytes);
                values.add(value);
            }
            return values;
        });
    }

    private void checkRead(long bytes) {
        if (bytes > most) {
            throw new KeyValueException(
                    Reason.QUOTA, "what is to be read has more than " + most + " bytes; ask for fewer keys at a time");
        }
    }

    @Override
    public boolean exists(String key) {
        return store.read(tables -> tables.get(prefix + key).isPresent());
    }

    @Override
    public void set(String key, byte[] value, Optional<Duration> life) {
        store.write(tables -> {
            tables.put(prefix + key, value, expires(life));
            return true;
        });
    }

    @Override
    public void setMany(List<KeyValue> all) {
        store.write(tables -> {
            all.forEach(each -> tables.put(prefix + each.key(), each.value(), 0));
            return true;
        });
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Optional<Duration> life) {
        return store.write(tables -> {
            if (tables.get(prefix + key).isPresent()) {
                return false;
            }
            tables.put(prefix + key, value, expires(life));
            return true;
        });
    }

    private static long expires(Optional<Duration> life) {
        return life.map(l -> System.currentTimeMillis() + l.toMillis()).orElse(0L);
    }

    @Override
    public void delete(String key) {
        deleteMany(List.of(key));
    }

    @Override
    public void deleteMany(List<String> keys) {
        store.write(tables -> {
            keys.forEach(key -> tables.remove(prefix + key));
            return true;
        });
    }

    @Override
    public long increment(String key, long delta) {
        return store.write(tables -> {
            Optional<Entry> entry = tables.get(prefix + key);
            long sum = Numbers.sum(entry.map(Entry::value), delta);
            byte[] text = Long.toString(sum).getBytes(StandardCharsets.US_ASCII);
            tables.put(prefix + key, text, entry.map(Entry::expires).orElse(0L));
            return sum;
        });
    }

    @Override
    public Optional<Versioned> current(String key) {
        return store.read(tables -> {
            Optional<Entry> entry = tables.get(prefix + key);
            entry.ifPresent(e -> checkRead(e.value().length));
            return entry.map(e -> new Versioned(e.value(), Long.toString(e.version())));
        });
    }

    @Override
    public boolean swap(String key, byte[] value, Condition condition) {
        return store.write(tables -> {
            Optional<Entry> entry = tables.get(prefix + key);
            boolean holds = entry.isPresent()
                    && condition.version().map(v -> v.equals(Long.toString(entry.get().version()))).orElse(true)
                    && condition.value().map(v -> Arrays.equals(v, entry.get().value())).orElse(true);
            if (holds) {
                tables.put(prefix + key, value, 0);
            }
            return holds;
        });
    }

    @Override
    public Page list(String keyPrefix, Optional<String> cursor, int most) {
        String range = prefix + keyPrefix;
        String after = prefix + cursor.orElse("");
        return store.read(tables -> {
            long now = System.currentTimeMillis();
            long bytes = 0;
            int scanned = 0;
            List<String> keys = new ArrayList<>();
            Cursor<String, Entry> from = tables.entries().cursor(after.compareTo(range) > 0 ? after : range);
            while (from.hasNext()) {
                String key = from.next();
                if (!key.startsWith(range)) {
                    break;
                }
                if (cursor.isPresent() && key.equals(after)) {
                    continue;
                }
                String name = key.substring(prefix.length());
                if (from.getValue().alive(now)) {
                    keys.add(name);
                }
                bytes += from.getValue().value().length;
                if (keys.size() == most || bytes > SCANNED || ++scanned == SCANNED_ENTRIES) {
                    return new Page(keys, Optional.of(name));
                }
            }
            return new Page(keys, Optional.empty());
        });
    }

    @Override
    public AutoCloseable watch(Consumer<String> changed) {
        return changes.watch(prefix, changed);
    }
}
