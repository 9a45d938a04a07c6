package dev.virga.plugin.keyvalue;

import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * What a store has: entries, when they expire, and what each namespace uses. A key here is the namespace, the
 * bucket and the guest's key with a zero character between them. Changed by one thread at a time, which holds the
 * store's lock; read by any.
 */
final class Tables {

    private static final String VERSION = "version";
    private static final String BYTES = "bytes:";
    private static final int PURGED_AT_ONCE = 64;

    private final MVStore store;
    private final long capacity;
    private final MVMap<String, Entry> entries;
    private final MVMap<String, String> expiries;
    private final MVMap<String, Long> counters;
    private List<String> changed = new ArrayList<>();

    /** @param capacity in bytes, of each namespace */
    Tables(MVStore store, long capacity) {
        this.store = store;
        this.capacity = capacity;
        this.entries = store.openMap("entries", new MVMap.Builder<String, Entry>()
                .keyType(StringDataType.INSTANCE)
                .valueType(new EntryType()));
        this.expiries = store.openMap("expiries", new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
        this.counters = store.openMap("counters", new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    }

    static String key(String namespace, String bucket, String key) {
        return namespace + '\0' + bucket + '\0' + key;
    }

    MVStore store() {
        return store;
    }

    MVMap<String, Entry> entries() {
        return entries;
    }

    Optional<Entry> get(String key) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> entry.alive(System.currentTimeMillis()));
    }

    /** @throws KeyValueException QUOTA if the namespace is full; nothing is changed then */
    void put(String key, byte[] value, long expires) {
        purge();
        String bytes = BYTES + key.substring(0, key.indexOf('\0'));
        Entry old = entries.get(key);
        Entry entry = new Entry(counters.getOrDefault(VERSION, 0L) + 1, expires, value);
        long held = counters.getOrDefault(bytes, 0L) - (old == null ? 0 : old.cost(key));
        if (entry.cost(key) > capacity - held) {
            throw new KeyValueException(Reason.QUOTA, "the store is full: this namespace holds " + held + " of "
                    + capacity + " bytes and " + entry.cost(key) + " more are wanted; delete something, or raise"
                    + " the backend's capacity");
        }
        if (old != null && old.expires() != 0) {
            expiries.remove(expiry(old, key));
        }
        if (expires != 0) {
            expiries.put(expiry(entry, key), key);
        }
        counters.put(VERSION, entry.version());
        counters.put(bytes, held + entry.cost(key));
        entries.put(key, entry);
        changed.add(key);
    }

    void remove(String key) {
        Entry old = entries.remove(key);
        if (old == null) {
            return;
        }
        if (old.expires() != 0) {
            expiries.remove(expiry(old, key));
        }
        String bytes = BYTES + key.substring(0, key.indexOf('\0'));
        long left = counters.get(bytes) - old.cost(key);
        if (left == 0) {
            counters.remove(bytes);
        } else {
            counters.put(bytes, left);
        }
        changed.add(key);
    }

    /** Removes a few of those that have expired: more than one write can add. */
    private void purge() {
        long now = System.currentTimeMillis();
        for (int i = 0; i < PURGED_AT_ONCE; i++) {
            String first = expiries.firstKey();
            if (first == null || Long.parseLong(first, 0, 16, 16) > now) {
                return;
            }
            remove(expiries.get(first));
        }
    }

    /** Sorts by time. */
    private static String expiry(Entry entry, String key) {
        return String.format("%016x", entry.expires()) + key;
    }

    /** The keys that were changed since the last time. */
    List<String> takeChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<String> taken = changed;
        changed = new ArrayList<>();
        return taken;
    }
}
