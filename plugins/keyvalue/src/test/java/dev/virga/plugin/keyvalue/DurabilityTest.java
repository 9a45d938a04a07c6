package dev.virga.plugin.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.plugin.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a set returned from is there, however the process ended. */
class DurabilityTest {

    private static final int SIZE = 1000;

    @TempDir
    private Path folder;

    private Process start(String prefix, int threads, int size) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder("sh", "-c", prefix + " exec \"$@\"", "sh", java, "-Xmx128m", "-XX:+UseSerialGC", "-cp",
                        System.getProperty("java.class.path"), WriterMain.class.getName(), folder.toString(),
                        "" + threads, "" + size)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private void checkStored(List<String> keys, int size) {
        try (Backend backend = new EmbeddedKind().open(
                new BackendKind.Opening("embedded", Settings.NONE, () -> folder, System.err::println))) {
            Bucket bucket = backend.bucket("a", "b", size);
            for (String key : keys) {
                byte[] value = bucket.get(key).orElseThrow(() -> new AssertionError(key + " is lost of " + keys.size()));
                assertEquals(size, value.length);
                assertEquals((byte) key.hashCode(), value[size - 1]);
            }
        }
    }

    @Test
    void nothingIsLostByKill() throws Exception {
        Random random = new Random(11);
        List<String> keys = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            Files.deleteIfExists(folder.resolve("embedded.mv"));
            keys.clear();
            Process writer = start("", 8, SIZE);
            try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
                int enough = 300 + random.nextInt(1500); // with compaction, and without
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    keys.add(line);
                    if (keys.size() == enough) {
                        writer.toHandle().destroyForcibly(); // SIGKILL; what was printed can still be read
                    }
                }
                assertTrue(keys.size() >= enough, Files.readString(folder.resolve("errors")));
            } finally {
                writer.destroyForcibly().waitFor();
            }
            checkStored(keys, SIZE);
        }
    }

    @Test
    void nothingIsLostWhereTheDiskIsFull() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        // a limit for files stands for the disk: writes beyond it fail
        Process writer = start("ulimit -f 4096;", 4, 20_000); // blocks of 512 bytes or of 1 KiB
        List<String> keys;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
            keys = lines.lines().toList();
        } finally {
            assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
            writer.destroyForcibly();
        }
        String errors = Files.readString(folder.resolve("errors"));
        assertTrue(errors.contains("the store cannot be written: the disk is full or broken"), errors);
        assertTrue(keys.size() > 20, keys.size() + " keys; " + errors);
        checkStored(keys, 20_000);
    }
}
