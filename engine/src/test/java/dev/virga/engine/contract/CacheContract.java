package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiled modules on disk: found again, and never trusted. */
public abstract class CacheContract extends EngineContract {

    /** At so many places an entry is cut off, and altered. */
    private static final int POSITIONS = 24;

    @TempDir
    private Path directory;

    private Object run() {
        try (Engine cached = newEngine(Optional.of(directory.resolve("cache")));
                Store own = cached.newStore(Limiter.UNLIMITED)) {
            return Guest.of(cached, own, "calls", Map.of()).call("add", 40, 2);
        }
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            return all.getFirst();
        }
    }

    @Test
    void aSecondEngineRunsWhatTheFirstCompiled() throws IOException {
        assertEquals(42, run());
        Path entry = entry();
        Object identity = Files.readAttributes(entry, BasicFileAttributes.class).fileKey();
        assertEquals(42, run());
        assertEquals(identity,
                Files.readAttributes(entry(), BasicFileAttributes.class).fileKey());
    }

    @Test
    void truncatedAndAlteredEntriesAreRebuilt() throws IOException {
        assertEquals(42, run());
        byte[] whole = Files.readAllBytes(entry());
        for (int i = 0; i < POSITIONS; i++) {
            int at = (int) ((long) i * (whole.length - 1) / (POSITIONS - 1));
            assertRebuilt(whole, Arrays.copyOf(whole, at));
            byte[] altered = whole.clone();
            altered[at] ^= (byte) (1 << i % 8);
            assertRebuilt(whole, altered);
        }
        assertRebuilt(whole, Arrays.copyOf(whole, whole.length + 1));
    }

    private void assertRebuilt(byte[] whole, byte[] broken) throws IOException {
        Files.write(entry(), broken);
        assertEquals(42, run());
        assertArrayEquals(whole, Files.readAllBytes(entry()));
    }

    @Test
    void whatAWriterThatDiedLeftIsNotTaken() throws IOException {
        assertEquals(42, run());
        Path entry = entry();
        byte[] whole = Files.readAllBytes(entry);
        Files.delete(entry);
        Path half = Files.write(
                entry.resolveSibling(entry.getFileName().toString().replace(".compiled", "1.tmp")),
                Arrays.copyOf(whole, whole.length / 2));
        assertEquals(42, run());
        assertArrayEquals(whole, Files.readAllBytes(entry));
        assertTrue(Files.exists(half), "its writer may still be alive");
    }

    /** The version of an engine is part of an entry's name. */
    @Test
    void entriesOfOtherVersionsAreLeftAlone() throws IOException {
        assertEquals(42, run());
        Path entry = entry();
        byte[] whole = Files.readAllBytes(entry);
        Path other = Files.move(entry, entry.resolveSibling("0".repeat(64) + ".compiled"));
        assertEquals(42, run());
        assertArrayEquals(whole, Files.readAllBytes(entry));
        assertArrayEquals(whole, Files.readAllBytes(other));
    }

    @Test
    void enginesThatCompileAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> runs = IntStream.range(0, 8).<Callable<Object>>mapToObj(i -> this::run).toList();
            for (var result : threads.invokeAll(runs)) {
                assertEquals(42, result.get());
            }
        }
        assertTrue(Files.size(entry()) > 0);
    }

    @Test
    void aCacheThatCannotBeWrittenOnlyMakesItSlow() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file where the directory should be");
        assertEquals(42, run());
    }
}
