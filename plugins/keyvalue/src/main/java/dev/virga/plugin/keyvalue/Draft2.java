package dev.virga.plugin.keyvalue;

import dev.virga.component.Result;
import dev.virga.plugin.keyvalue.Bucket.Condition;
import dev.virga.plugin.keyvalue.Bucket.Versioned;
import java.util.List;
import java.util.Optional;

/** {@code wasi:keyvalue@0.2.0-draft2}. */
final class Draft2 {

    private Draft2() {}

    record KeyResponse(List<String> keys, Optional<String> cursor) {}

    static final class Handle extends WasiBucket {

        Handle(OpenBucket bucket) {
            super(bucket);
        }

        public Result<KeyResponse, StoreError> listKeys(Optional<String> cursor) {
            return StoreError.result(() -> {
                Bucket.Page page = bucket().list("", cursor);
                return new KeyResponse(page.keys(), page.cursor());
            });
        }
    }

    record Store(OpenBuckets buckets) {

        public Result<Handle, StoreError> open(String identifier) {
            return StoreError.result(() -> new Handle(buckets.open(identifier)));
        }
    }

    /** {@code atomics.cas}: holds the value that it was made with. */
    static final class Cas implements AutoCloseable {

        private static final int OVERHEAD = 256;

        private final OpenBucket bucket;
        private final String key;
        private final Optional<Versioned> current;
        private boolean closed;

        Cas(OpenBucket bucket, String key) {
            this.bucket = bucket;
            this.key = key;
            this.current = bucket.current(key);
            bucket.held().take(size());
        }

        private long size() {
            return OVERHEAD + 2L * key.length() + current.map(c -> c.value().length).orElse(0);
        }

        public Result<Optional<byte[]>, StoreError> current() {
            return Result.ok(current.map(Versioned::value));
        }

        boolean swap(byte[] value) {
            return current.map(c -> bucket.swap(
                            key, value, new Condition(Optional.of(c.version()), Optional.empty())))
                    .orElseGet(() -> bucket.setIfAbsent(key, value, Optional.empty()));
        }

        Cas again() {
            return new Cas(bucket, key);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                bucket.held().giveBack(size());
            }
        }
    }

    /** {@code atomics.cas-error} */
    sealed interface CasError {

        record StoreError(dev.virga.plugin.keyvalue.StoreError value) implements CasError {}

        record CasFailed(Cas value) implements CasError {}
    }

    static final class Atomics {

        public Result<Long, StoreError> increment(Handle bucket, String key, long delta) {
            return StoreError.result(() -> bucket.bucket().increment(key, delta));
        }

        public Result<Cas, StoreError> casNew(Handle bucket, String key) {
            return StoreError.result(() -> new Cas(bucket.bucket(), key));
        }

        public Result<Void, CasError> swap(Cas cas, byte[] value) {
            try (cas) {
                return cas.swap(value) ? Result.ok() : Result.err(new CasError.CasFailed(cas.again()));
            } catch (KeyValueException e) {
                return Result.err(new CasError.StoreError(StoreError.of(e)));
            }
        }
    }

    static final class Batch extends WasiBatch {}

    /** {@code wasi:keyvalue/watcher}. */
    interface Watcher {

        void onSet(Handle bucket, String key, byte[] value);

        void onDelete(Handle bucket, String key);
    }
}
