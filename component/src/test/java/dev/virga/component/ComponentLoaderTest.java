package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentLoader.Loaded;
import dev.virga.component.binary.Bytes;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleBinary;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComponentLoaderTest {

    /** An engine whose cache and compiler do as the test says. */
    private static final class Fake implements Engine {
        private final String name;
        boolean cached;
        Optional<String> lack = Optional.empty();
        /** The compiler does not end before this is counted down. */
        CountDownLatch gate = new CountDownLatch(0);
        final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        volatile boolean compiled;
        boolean closed;

        Fake(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public CoreModule compile(ModuleBinary binary) {
            compiled = true;
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            if (lack.isPresent()) {
                throw new ModuleException.Unsupported(lack.get());
            }
            return Guests.ENGINE.compile(binary);
        }

        @Override
        public Optional<CoreModule> cached(ModuleBinary binary) {
            return cached ? Optional.of(Guests.ENGINE.compile(binary)) : Optional.empty();
        }

        @Override
        public Store newStore(Limiter limiter) {
            return Guests.ENGINE.newStore(limiter);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final byte[] SMALL = Guests.bytes("adder");
    private static final byte[] LARGE =
            Bytes.of(SMALL).section(0, new Bytes().name("padding").then(Bytes.of(new byte[1 << 20]))).array();

    private final Fake first = new Fake("first");
    private final Fake second = new Fake("second");
    private final ComponentLoader loader = new ComponentLoader(first, second);

    private static Object call(Component component) {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(component);
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            return prepared.function("add").orElseThrow().call(instance, 3, 4);
        }
    }

    @Test
    void aComponentIsOnThePreferredEngine() {
        Loaded loaded = loader.load(SMALL);
        assertSame(first, loaded.component().engine());
        assertFalse(loaded.cached());
        assertTrue(loaded.lack().isEmpty());
        assertTrue(loaded.component().codeSize() > 0);
        assertFalse(second.compiled);
        assertEquals(7, call(loaded.component()));
    }

    @Test
    void whatIsInTheCacheIsNotCompiled() {
        first.cached = true;
        Loaded loaded = loader.load(LARGE);
        assertTrue(loaded.cached());
        assertSame(first, loaded.component().engine());
        assertFalse(first.compiled);
        assertTrue(loader.loadSoon(LARGE).better().isEmpty());
        assertFalse(first.compiled);
    }

    @Test
    void whatThePreferredEngineLacksRunsOnTheOther() {
        first.lack = Optional.of("threads");
        Loaded loaded = loader.load(SMALL);
        assertSame(second, loaded.component().engine());
        String lack = loaded.lack().orElseThrow();
        assertTrue(lack.startsWith("first lacks: threads, in the core module at offset 0x"), lack);
        assertFalse(loaded.cached());
        assertEquals(7, call(loaded.component()));

        second.cached = true;
        assertTrue(loader.load(SMALL).cached());
    }

    @Test
    void whatBothLackIsRefusedWithTheReasonOfEach() {
        first.lack = Optional.of("threads");
        second.lack = Optional.of("atomics");
        String message = assertThrows(ModuleException.Unsupported.class, () -> loader.load(SMALL)).getMessage();
        assertTrue(message.startsWith("first lacks: threads, in"), message);
        assertTrue(message.contains("; second lacks: atomics, in"), message);
    }

    @Test
    void withoutAnotherEngineTheErrorIsItsOwn() {
        first.lack = Optional.of("threads");
        try (ComponentLoader alone = new ComponentLoader(first)) {
            String message = assertThrows(ModuleException.Unsupported.class, () -> alone.load(SMALL)).getMessage();
            assertTrue(message.startsWith("threads, in"), message);
        }
    }

    @Test
    void theOtherEngineAnswersWhileThePreferredOneCompilesALargeComponent() throws Exception {
        second.cached = true;
        first.gate = new CountDownLatch(1);
        Loaded loaded = loader.loadSoon(LARGE);
        assertSame(second, loaded.component().engine());
        CompletableFuture<Component> better = loaded.better().orElseThrow();
        assertEquals(7, call(loaded.component()));
        assertFalse(better.isDone());

        first.gate.countDown();
        assertSame(first, better.get().engine());
        assertEquals(7, call(better.get()));
        assertEquals(7, call(loaded.component()));
    }

    @Test
    void aSmallComponentWaitsForThePreferredEngine() {
        second.cached = true;
        Loaded loaded = loader.loadSoon(SMALL);
        assertSame(first, loaded.component().engine());
        assertTrue(loaded.better().isEmpty());
    }

    @Test
    void aLargeOneThatNoEngineHasCompiledWaitsToo() {
        Loaded loaded = loader.loadSoon(LARGE);
        assertSame(first, loaded.component().engine());
        assertTrue(loaded.better().isEmpty());
        assertFalse(second.compiled);
    }

    @Test
    void ifThePreferredEngineTurnsOutToLackSomethingThereIsNoBetterComponent() {
        second.cached = true;
        first.lack = Optional.of("threads");
        CompletableFuture<Component> better = loader.loadSoon(LARGE).better().orElseThrow();
        Throwable cause = assertThrows(ExecutionException.class, better::get).getCause();
        assertTrue(cause instanceof ModuleException.Unsupported && cause.getMessage().startsWith("threads"), cause.toString());
    }

    @Test
    void closingItStopsTheCompilerBeforeTheEnginesAreClosed() throws Exception {
        second.cached = true;
        first.gate = new CountDownLatch(1);
        CompletableFuture<Component> better = loader.loadSoon(LARGE).better().orElseThrow();
        loader.close();
        assertTrue(better.isDone());
        assertTrue(first.closed && second.closed);
        if (first.compiled) {
            assertTrue(first.interrupted.get());
        }
    }
}
