package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes objects and says so is killed in the middle. */
class DirectoryKillTest {

    private static final ContainerId BOX = new ContainerId("tenant", "box");
    private static final int OBJECTS = 20;
    private static final int THREADS = 4;

    @TempDir
    Path folder;

    private static byte[] bytes(String name, int version) {
        Random random = new Random(name.hashCode() * 31L + version);
        byte[] bytes = new byte[1 + random.nextInt(200_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String name(int thread, int object) {
        String name = "object-" + thread + "-" + object;
        return object % 2 == 0 ? name : name + "-" + "n".repeat(200);
    }

    /** Writes without an end; each line of the output is an object and a version that has been acknowledged. */
    static final class Writer {

        public static void main(String[] arguments) throws Exception {
            PrintStream out = System.out;
            DirectoryBackend backend = DirectoryBackend.open(Path.of(arguments[0]), 1L << 40);
            if (backend.created(BOX).isEmpty()) {
                backend.create(BOX);
            }
            int first = Integer.parseInt(arguments[1]);
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                new Thread(() -> {
                    for (int version = first; ; version++) {
                        write(backend, name(thread, version % OBJECTS), version, out);
                    }
                }).start();
            }
        }

        private static void write(DirectoryBackend backend, String name, int version, PrintStream out) {
            try {
                BlobBackendContract.write(backend, new BlobId(BOX, name), bytes(name, version));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            synchronized (out) {
                out.println(version + " " + name);
                out.flush();
            }
        }
    }

    @Test
    void everyAcknowledgedObjectIsWholeAfterAKill() throws Exception {
        Map<String, Integer> acknowledged = new HashMap<>();
        int first = 0;
        for (int round = 0; round < 3; round++) {
            first = writeAndKill(first, 150, acknowledged);
            check(acknowledged);
        }
    }

    /** @return a version that was not written */
    private int writeAndKill(int first, int lines, Map<String, Integer> acknowledged) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
                        System.getProperty("java.class.path"), Writer.class.getName(), folder.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int next = first;
        try (BufferedReader out = writer.inputReader()) {
            List<String> read = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                read.add(line);
                if (read.size() == lines) {
                    writer.toHandle().destroyForcibly(); // SIGKILL; the output stays open, and is read to its end
                }
            }
            assertTrue(read.size() >= lines, "only " + read);
            for (String line : read) {
                int space = line.indexOf(' ');
                int version = Integer.parseInt(line.substring(0, space));
                acknowledged.merge(line.substring(space + 1), version, Math::max);
                next = Math.max(next, version + 1);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return next + OBJECTS;
    }

    private void check(Map<String, Integer> acknowledged) throws IOException {
        try (DirectoryBackend backend = DirectoryBackend.open(folder, 1L << 40)) {
            for (Map.Entry<String, Integer> entry : acknowledged.entrySet()) {
                byte[] found = BlobBackendContract.read(backend, new BlobId(BOX, entry.getKey()), 0, Long.MAX_VALUE);
                assertWhole(entry.getKey(), entry.getValue(), found);
            }
            try (BlobListing listing = backend.list(BOX)) {
                List<String> names = listing.next(1000);
                assertTrue(names.containsAll(acknowledged.keySet()));
                assertTrue(names.size() <= THREADS * OBJECTS);
            }
        }
        try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** Of the version that was acknowledged, or of the one after it, which the kill cut off. */
    private static void assertWhole(String name, int version, byte[] found) {
        byte[] later = bytes(name, version + OBJECTS);
        assertArrayEquals(found.length == later.length ? later : bytes(name, version), found, name);
    }
}
