package dev.virga.plugin.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.plugin.Settings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever of the writes since the last force comes to the disk, what was acknowledged is there. */
class PowerLossTest {

    private static final int KEYS = 60;

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedSurvivesTornWrites() throws Exception {
        TornFile.register();
        long seed = Long.getLong("virga.test.seed", 17);
        Random random = new Random(seed);
        Map<String, Integer> acknowledged = new HashMap<>();
        Path used = folder.resolve("used.mv");
        LocalFile file = new LocalFile(Optional.of(() -> used), line -> {}, TornFile.SCHEME);
        try (Backend backend = new LocalBackend(file, 1 << 30)) {
            Bucket bucket = backend.bucket("a", "b", 1 << 20);
            for (int step = 0; step < 3000; step++) {
                String key = "k" + random.nextInt(KEYS);
                if (random.nextInt(5) == 0) {
                    bucket.delete(key);
                    acknowledged.remove(key);
                } else {
                    bucket.set(key, ByteBuffer.allocate(4 + random.nextInt(4000)).putInt(step).array(), Optional.empty());
                    acknowledged.put(key, step);
                }
                if (step % 40 == 39) {
                    // with a write under way, of which anything may come to the disk
                    Thread more = Thread.ofVirtual().start(() -> bucket.set("more", new byte[3000], Optional.empty()));
                    check(acknowledged, random, "seed " + seed + " step " + step);
                    more.join();
                }
            }
        }
    }

    private void check(Map<String, Integer> acknowledged, Random random, String where) throws Exception {
        TornFile.last().leave(folder.resolve("left.mv"), random);
        try (Backend left = new EmbeddedKind().open(
                new BackendKind.Opening("left", Settings.NONE, () -> folder, System.err::println))) {
            Bucket bucket = left.bucket("a", "b", 1 << 20);
            for (int i = 0; i < KEYS; i++) {
                String key = "k" + i;
                Optional<Integer> value = bucket.get(key).map(v -> ByteBuffer.wrap(v).getInt());
                assertEquals(Optional.ofNullable(acknowledged.get(key)), value, where + " " + key);
            }
        }
    }
}
