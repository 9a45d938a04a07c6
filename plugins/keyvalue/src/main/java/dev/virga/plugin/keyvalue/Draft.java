package dev.virga.plugin.keyvalue;

import dev.virga.component.Result;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.util.List;
import java.util.Optional;

/** {@code wasi:keyvalue@0.2.0-draft}. */
final class Draft {

    private Draft() {}

    record KeyResponse(List<String> keys, Optional<Long> cursor) {}

    static final class Handle extends WasiBucket {

        Handle(OpenBucket bucket) {
            super(bucket);
        }

        public Result<KeyResponse, StoreError> listKeys(Optional<Long> cursor) {
            Cursors cursors = bucket().cursors();
            String name = bucket().name();
            return StoreError.result(() -> {
                Bucket.Page page = bucket().list("", cursor.map(number -> cursors.cursor(name, number)));
                return new KeyResponse(page.keys(), page.cursor().map(text -> cursors.number(name, text)));
            });
        }
    }

    record Store(OpenBuckets buckets) {

        public Result<Handle, StoreError> open(String identifier) {
            return StoreError.result(() -> new Handle(buckets.open(identifier)));
        }
    }

    static final class Atomics {

        public Result<Long, StoreError> increment(Handle bucket, String key, long delta) {
            return StoreError.result(() -> {
                if (delta < 0) { // 2^63 and more
                    throw new KeyValueException(Reason.INVALID, "numbers from 2^63 on cannot be added");
                }
                return bucket.bucket().increment(key, delta);
            });
        }
    }

    static final class Batch extends WasiBatch {}

    /** {@code wasi:keyvalue/watcher}. */
    interface Watcher {

        void onSet(Handle bucket, String key, byte[] value);

        void onDelete(Handle bucket, String key);
    }
}
