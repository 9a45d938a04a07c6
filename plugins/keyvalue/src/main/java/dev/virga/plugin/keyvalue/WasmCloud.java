package dev.virga.plugin.keyvalue;

import dev.virga.component.Result;
import dev.virga.plugin.keyvalue.Bucket.Condition;
import dev.virga.plugin.keyvalue.Bucket.KeyValue;
import dev.virga.plugin.keyvalue.Bucket.Versioned;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code wasmcloud:keyvalue@0.2.0}. Its functions are asynchronous, so a bucket may have several calls at a time. */
final class WasmCloud {

    /** Longer than any that is meant. */
    private static final long LONGEST_LIFE = Duration.ofDays(100 * 365).toMillis();

    private WasmCloud() {}

    /** {@code types.error} */
    sealed interface Failure {

        record NoSuchStore() implements Failure {}

        record AccessDenied() implements Failure {}

        record InvalidArgument() implements Failure {}

        record PreconditionFailed() implements Failure {}

        record Timeout() implements Failure {}

        record StoreUnavailable() implements Failure {}

        record QuotaExceeded() implements Failure {}

        record Other(String value) implements Failure {}

        static Failure of(KeyValueException e) {
            return switch (e.reason()) {
                case NO_SUCH_STORE -> new NoSuchStore();
                case ACCESS_DENIED -> new AccessDenied();
                case INVALID -> new InvalidArgument();
                case TIMEOUT -> new Timeout();
                case UNAVAILABLE -> new StoreUnavailable();
                case QUOTA -> new QuotaExceeded();
                case OTHER -> new Other(e.getMessage());
            };
        }

        static <T> Result<T, Failure> result(Supplier<T> call) {
            try {
                return Result.ok(call.get());
            } catch (KeyValueException e) {
                return Result.err(of(e));
            }
        }

        static Result<Void, Failure> done(Runnable call) {
            return result(() -> {
                call.run();
                return null;
            });
        }
    }

    record KeyResponse(List<String> keys, Optional<String> cursor) {}

    record SetOptions(Optional<Long> ttlMs, boolean ifNotExists) {

        Optional<Duration> life() {
            return ttlMs.map(millis -> {
                if (millis <= 0 || millis > LONGEST_LIFE) { // negative ones are those from 2^63 on
                    throw new KeyValueException(Reason.INVALID, "ttl-ms must be from 1 to " + LONGEST_LIFE);
                }
                return Duration.ofMillis(millis);
            });
        }
    }

    record Handle(OpenBucket bucket) implements AutoCloseable {

        public Result<Optional<byte[]>, Failure> get(String key) {
            return Failure.result(() -> bucket.get(key));
        }

        public Result<Void, Failure> set(String key, byte[] value, Optional<SetOptions> options) {
            try {
                Optional<Duration> life = options.flatMap(SetOptions::life);
                if (options.isPresent() && options.get().ifNotExists()) {
                    return bucket.setIfAbsent(key, value, life)
                            ? Result.ok()
                            : Result.err(new Failure.PreconditionFailed());
                }
                bucket.set(key, value, life);
                return Result.ok();
            } catch (KeyValueException e) {
                return Result.err(Failure.of(e));
            }
        }

        public Result<Void, Failure> delete(String key) {
            return Failure.done(() -> bucket.delete(key));
        }

        public Result<Boolean, Failure> exists(String key) {
            return Failure.result(() -> bucket.exists(key));
        }

        public Result<KeyResponse, Failure> listKeys(Optional<String> prefix, Optional<String> cursor) {
            return Failure.result(() -> {
                Bucket.Page page = bucket.list(prefix.orElse(""), cursor);
                return new KeyResponse(page.keys(), page.cursor());
            });
        }

        @Override
        public void close() {
            bucket.close();
        }
    }

    /** Has resources only. */
    static final class Types {}

    record Store(OpenBuckets buckets) {

        public Result<Handle, Failure> open(String identifier) {
            return Failure.result(() -> new Handle(buckets.open(identifier)));
        }
    }

    static final class Atomics {

        public Result<Long, Failure> increment(Handle bucket, String key, long delta) {
            return Failure.result(() -> bucket.bucket().increment(key, delta));
        }
    }

    record CasOptions(Optional<String> requireVersion, Optional<byte[]> requireValue) {}

    /** {@code cas.cas-result} */
    sealed interface CasResult {

        record Swapped() implements CasResult {}

        record Stale(Optional<Versioned> value) implements CasResult {}
    }

    static final class Cas {

        public Result<Optional<Versioned>, Failure> current(Handle bucket, String key) {
            return Failure.result(() -> bucket.bucket().current(key));
        }

        public Result<CasResult, Failure> swap(Handle bucket, String key, byte[] value, CasOptions options) {
            return Failure.result(() -> {
                if (options.requireVersion().isEmpty() && options.requireValue().isEmpty()) {
                    throw new KeyValueException(Reason.INVALID, "a swap needs a version or a value to require");
                }
                Condition condition = new Condition(options.requireVersion(), options.requireValue());
                return bucket.bucket().swap(key, value, condition)
                        ? new CasResult.Swapped()
                        : new CasResult.Stale(bucket.bucket().current(key));
            });
        }
    }

    static final class Batch {

        public Result<List<Optional<KeyValue>>, Failure> getMany(Handle bucket, List<String> keys) {
            return Failure.result(() -> bucket.bucket().getMany(keys));
        }

        public Result<Void, Failure> setMany(Handle bucket, List<KeyValue> all) {
            return Failure.done(() -> bucket.bucket().setMany(all));
        }

        public Result<Void, Failure> deleteMany(Handle bucket, List<String> keys) {
            return Failure.done(() -> bucket.bucket().deleteMany(keys));
        }
    }

    /** {@code wasmcloud:keyvalue/watcher}. */
    interface Watcher {

        void onSet(Handle bucket, String key, byte[] value);

        void onDelete(Handle bucket, String key);
    }
}
