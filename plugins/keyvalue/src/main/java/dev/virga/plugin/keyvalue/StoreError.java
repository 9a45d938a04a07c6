package dev.virga.plugin.keyvalue;

import dev.virga.component.Result;
import java.util.function.Supplier;

/** {@code wasi:keyvalue/store.error}, the same in both drafts. */
sealed interface StoreError {

    record NoSuchStore() implements StoreError {}

    record AccessDenied() implements StoreError {}

    record Other(String value) implements StoreError {}

    static StoreError of(KeyValueException e) {
        return switch (e.reason()) {
            case NO_SUCH_STORE -> new NoSuchStore();
            case ACCESS_DENIED -> new AccessDenied();
            case INVALID, TIMEOUT, UNAVAILABLE, QUOTA, OTHER -> new Other(e.getMessage());
        };
    }

    static <T> Result<T, StoreError> result(Supplier<T> call) {
        try {
            return Result.ok(call.get());
        } catch (KeyValueException e) {
            return Result.err(of(e));
        }
    }

    static Result<Void, StoreError> done(Runnable call) {
        return result(() -> {
            call.run();
            return null;
        });
    }
}
