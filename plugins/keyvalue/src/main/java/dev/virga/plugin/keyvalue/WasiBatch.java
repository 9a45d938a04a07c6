package dev.virga.plugin.keyvalue;

import dev.virga.component.Result;
import dev.virga.plugin.keyvalue.Bucket.KeyValue;
import java.util.List;
import java.util.Optional;

/** {@code wasi:keyvalue/batch}, the same in both drafts. */
abstract class WasiBatch {

    public Result<List<Optional<KeyValue>>, StoreError> getMany(WasiBucket bucket, List<String> keys) {
        return StoreError.result(() -> bucket.bucket().getMany(keys));
    }

    public Result<Void, StoreError> setMany(WasiBucket bucket, List<KeyValue> all) {
        return StoreError.done(() -> bucket.bucket().setMany(all));
    }

    public Result<Void, StoreError> deleteMany(WasiBucket bucket, List<String> keys) {
        return StoreError.done(() -> bucket.bucket().deleteMany(keys));
    }
}
