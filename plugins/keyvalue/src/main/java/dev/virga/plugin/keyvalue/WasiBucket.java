package dev.virga.plugin.keyvalue;

import dev.virga.component.Result;
import java.util.Optional;

/** {@code wasi:keyvalue/store.bucket}: what both drafts have in common. */
abstract class WasiBucket implements AutoCloseable {

    private final OpenBucket bucket;

    WasiBucket(OpenBucket bucket) {
        this.bucket = bucket;
    }

    OpenBucket bucket() {
        return bucket;
    }

    public Result<Optional<byte[]>, StoreError> get(String key) {
        return StoreError.result(() -> bucket.get(key));
    }

    public Result<Void, StoreError> set(String key, byte[] value) {
        return StoreError.done(() -> bucket.set(key, value, Optional.empty()));
    }

    public Result<Void, StoreError> delete(String key) {
        return StoreError.done(() -> bucket.delete(key));
    }

    public Result<Boolean, StoreError> exists(String key) {
        return StoreError.result(() -> bucket.exists(key));
    }

    @Override
    public void close() {
        bucket.close();
    }
}
