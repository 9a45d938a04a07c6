package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @TempDir
    private Path directory;

    private Object run() {
        try (PortableEngine engine = new PortableEngine(Optional.of(directory.resolve("cache")));
                Store store = engine.newStore(Limiter.UNLIMITED)) {
            return Guest.of(engine, store, "calls", Map.of()).call("add", 40, 2);
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
        Object identity = Files.readAttributes(entry, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        assertEquals(42, run());
        assertEquals(identity,
                Files.readAttributes(entry(), java.nio.file.attribute.BasicFileAttributes.class).fileKey());
    }

    @Test
    void truncatedAndAlteredEntriesAreRebuilt() throws IOException {
        assertEquals(42, run());
        byte[] whole = Files.readAllBytes(entry());
        Random random = new Random(1);
        for (int round = 0; round < 10; round++) {
            byte[] broken = round < 5
                    ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length))
                    : whole.clone();
            if (round >= 5) {
                broken[random.nextInt(broken.length)] ^= 1 << random.nextInt(8);
            }
            Files.write(entry(), broken);
            assertEquals(42, run());
            assertEquals(whole.length, Files.size(entry()));
        }
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

    @Test
    void theClassesOfAModuleGoWithIt() throws InterruptedException {
        try (PortableEngine engine = new PortableEngine(Optional.empty())) {
            WeakReference<ClassLoader> loader = use(engine);
            for (int round = 0; round < 50 && loader.get() != null; round++) {
                System.gc();
                Thread.sleep(20);
            }
            assertNull(loader.get(), "the module's class loader is still held");
        }
    }

    /** Uses a module and forgets it. */
    private static WeakReference<ClassLoader> use(PortableEngine engine) {
        PortableModule module = (PortableModule) engine.compile(Guest.binary("calls"));
        try (Store store = engine.newStore(Limiter.UNLIMITED)) {
            Guest guest = Guest.of(module, store, Map.of());
            assertEquals(5, guest.call("indirect", 2, 3, 0));
            assertEquals(1, guest.call("indirect", 3, 2, 1));
        }
        assertNotEquals(CacheTest.class.getClassLoader(), module.loader());
        assertFalse(module.loader().getName().isEmpty());
        return new WeakReference<>(module.loader());
    }
}
