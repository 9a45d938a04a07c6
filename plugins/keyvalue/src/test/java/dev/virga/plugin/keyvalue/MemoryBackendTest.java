package dev.virga.plugin.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryBackendTest extends BackendContract {

    private final Backend backend = open(Settings.NONE);

    private static Backend open(Settings settings) {
        return new MemoryKind().open(new BackendKind.Opening(
                "memory", settings, () -> { throw new AssertionError("no folder"); }, line -> {}));
    }

    @Override
    protected Backend backend() {
        return backend;
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aNamespaceHasABoundAndFreesWhatItDeletes() {
        try (Backend small = open(Settings.NONE.with("capacity", "100k"))) {
            Bucket bucket = small.bucket("a", "b", MOST);
            for (int round = 0; round < 3; round++) {
                int stored = 0;
                KeyValueException full = null;
                while (full == null) {
                    try {
                        bucket.set("k" + stored, new byte[10_000], Optional.empty());
                        stored++;
                    } catch (KeyValueException e) {
                        full = e;
                    }
                }
                assertEquals(Reason.QUOTA, full.reason());
                assertEquals(9, stored, full.getMessage());
                small.bucket("other", "b", MOST).set("k", new byte[50_000], Optional.empty());
                for (int i = 0; i < stored; i++) {
                    bucket.delete("k" + i);
                }
            }
            assertThrows(KeyValueException.class, () -> bucket.set("k", new byte[100_000], Optional.empty()));
            bucket.set("k", new byte[90_000], Optional.empty());
            bucket.set("k", new byte[91_000], Optional.empty());
        }
    }

    @Test
    void whatIsOverwrittenIsNotHeld() {
        Bucket bucket = backend.bucket("a", "b", MOST);
        List<WeakReference<byte[]>> old = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] value = new byte[MOST];
            old.add(new WeakReference<>(value));
            bucket.set("k", value, Optional.empty());
        }
        System.gc();
        long held = old.stream().filter(value -> value.get() != null).count();
        assertTrue(held < 5, held + " of 100 values");
    }
}
