package dev.virga.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCacheTest {

    @TempDir
    private Path directory;

    private static byte[] bytes(Optional<ByteBuffer> content) {
        ByteBuffer buffer = content.orElseThrow();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void givesBackWhatWasStored() {
        CompileCache cache = new CompileCache(directory.resolve("a/b"), 1000);
        assertTrue(cache.get("key").isEmpty());
        cache.put("key", new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, bytes(cache.get("key")));
        cache.put("key", new byte[] {4});
        assertArrayEquals(new byte[] {4}, bytes(cache.get("key")));
        cache.put("empty", new byte[0]);
        assertArrayEquals(new byte[0], bytes(cache.get("empty")));
    }

    @Test
    void keysDependOnEngineAndModule() {
        assertNotEquals(CompileCache.key("a", "1"), CompileCache.key("b", "1"));
        assertNotEquals(CompileCache.key("a", "1"), CompileCache.key("a", "2"));
        assertEquals(CompileCache.key("a", "1"), CompileCache.key("a", "1"));
    }

    @Test
    void everyFlippedByteAndEveryTruncationIsNoticed() throws IOException {
        CompileCache cache = new CompileCache(directory, 1000);
        cache.put("key", new byte[] {1, 2, 3});
        Path file = directory.resolve("key.compiled");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] broken = whole.clone();
            broken[i] ^= 0x10;
            Files.write(file, broken);
            assertTrue(cache.get("key").isEmpty());
            Files.write(file, java.util.Arrays.copyOf(whole, i));
            assertTrue(cache.get("key").isEmpty());
            assertTrue(Files.notExists(file));
        }
    }

    @Test
    void aFileOfZerosIsNoEntry() throws IOException {
        CompileCache cache = new CompileCache(directory, 1000);
        for (int length = 0; length < 100; length++) {
            Files.write(directory.resolve("key.compiled"), new byte[length]);
            assertTrue(cache.get("key").isEmpty());
        }
    }

    @Test
    void theEntriesNotUsedForLongestAreEvicted() throws IOException {
        CompileCache cache = new CompileCache(directory, 200);
        for (int i = 0; i < 3; i++) {
            cache.put("key" + i, new byte[60]);
            Files.setLastModifiedTime(
                    directory.resolve("key" + i + ".compiled"), FileTime.from(Instant.now().minusSeconds(100 - i)));
        }
        assertTrue(cache.get("key0").isPresent());
        cache.put("key3", new byte[60]);
        assertTrue(cache.get("key1").isEmpty());
        assertTrue(cache.get("key0").isPresent());
        assertTrue(cache.get("key2").isPresent());
        assertTrue(cache.get("key3").isPresent());
    }

    @Test
    void staleTemporaryFilesAreRemoved() throws IOException {
        CompileCache cache = new CompileCache(directory, 300);
        Path stale = Files.writeString(directory.resolve("dead.tmp"), "half an entry");
        Files.setLastModifiedTime(stale, FileTime.from(Instant.now().minusSeconds(7_200)));
        Path fresh = Files.writeString(directory.resolve("alive.tmp"), "half an entry");
        cache.put("key", new byte[1]);
        assertTrue(Files.notExists(stale));
        assertTrue(Files.exists(fresh));
    }

    @Test
    void readersSeeAWholeEntryWhileOthersWrite() throws InterruptedException, ExecutionException {
        CompileCache cache = new CompileCache(directory, 100_000_000);
        cache.put("key", new byte[50_000]);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, 16).<Future<?>>mapToObj(i -> threads.submit(() -> {
                for (int round = 0; round < 20; round++) {
                    if (i % 2 == 0) {
                        cache.put("key", new byte[50_000]);
                    } else {
                        assertEquals(50_000, bytes(cache.get("key")).length);
                    }
                }
            })).toList();
            for (Future<?> task : tasks) {
                task.get();
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
