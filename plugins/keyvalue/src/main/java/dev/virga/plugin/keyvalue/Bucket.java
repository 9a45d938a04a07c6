package dev.virga.plugin.keyvalue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Values by key. What a write returned from is kept as well as the backend can, and seen by every later read
 * through this host. No batch is empty. Used by many threads. Every method throws {@link KeyValueException}.
 */
public interface Bucket {

    Optional<byte[]> get(String key);

    /** In the order of the keys. */
    List<Optional<byte[]>> getMany(List<String> keys);

    boolean exists(String key);

    /** @param life after which the value goes away; without, a life that it had is over too */
    void set(String key, byte[] value, Optional<Duration> life);

    /** Some may be set if it fails. */
    void setMany(List<KeyValue> all);

    /** Whether it was set: only if there was none. */
    boolean setIfAbsent(String key, byte[] value, Optional<Duration> life);

    void delete(String key);

    /** Some may be deleted if it fails. */
    void deleteMany(List<String> keys);

    /**
     * Adds to the number that the value is as decimal text; none is 0. The value's life stays as it is.
     *
     * @throws KeyValueException INVALID if the value is no such number or the sum does not fit
     */
    long increment(String key, long delta);

    /** The value and what tells it from those before and after. */
    Optional<Versioned> current(String key);

    /** Sets the value if the condition holds, and returns whether it did. */
    boolean swap(String key, byte[] value, Condition condition);

    /**
     * Keys in the backend's order, each once at least if it is there all the time.
     *
     * @param prefix of the keys; empty for all
     * @param cursor of the page before
     * @param most keys, more or less
     * @throws KeyValueException INVALID if it is no cursor
     */
    Page list(String prefix, Optional<String> cursor, int most);

    /**
     * Tells of changes that happen from now on, by anybody, until the result is closed. Some may be missed while
     * the backend is away.
     *
     * @param changed is given the key; returns at once
     */
    AutoCloseable watch(Consumer<String> changed);

    record KeyValue(String key, byte[] value) {}

    /** @param version equal or not; nothing else can be told from it */
    record Versioned(byte[] value, String version) {}

    /** What the current value must be; at least one of them is there, and all that are must hold. */
    record Condition(Optional<String> version, Optional<byte[]> value) {}

    /** @param cursor where to go on, unless this is the last page */
    record Page(List<String> keys, Optional<String> cursor) {}
}
