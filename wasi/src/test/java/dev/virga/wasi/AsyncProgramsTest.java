package dev.virga.wasi;

import static dev.virga.wasi.AsyncPrograms.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ErrorContext;
import dev.virga.component.Offer;
import dev.virga.component.Result;
import dev.virga.component.StreamReader;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Trap;
import dev.virga.wasi.AsyncPrograms.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The suite's programs of asynchronous components, with a host of ours or with each other. Left out are
 * async-intertask-communication, whose first call is a deadlock until there is a second one,
 * async-poll-synchronous, whose host must answer some calls at once, async-readiness, whose host must tell the end of a stream together with the last bytes, and
 * async-transmit-caller, whose host must read nothing and say so.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsyncProgramsTest {

    private static final int TOGETHER = 3;
    private static final Map<String, ValueType> NONE = Map.of();
    private static final Map<String, ValueType> TEXT = Map.of("s", Primitive.STRING);

    @BeforeAll
    static void onlyWhereTheSuiteIs() {
        AsyncPrograms.suite();
    }

    private static Offer.Func plain(Function<Object[], Object> body) {
        return function(false, NONE, Optional.empty(), body);
    }

    private static Offer baz(boolean gathered) {
        Offer foo = new Offer.Instance(Map.of("foo", function(
                true, TEXT, Optional.of(Primitive.STRING), args -> args[0] + " - entered host - exited host")));
        return gathered ? gathered(foo) : foo;
    }

    /**
     * What a stackful guest of the suite imports. It has one shadow stack for all its tasks: they may begin one
     * after the other and end in any order, but a task that begins after another's end gets memory that a third
     * still uses. So nobody goes on before all have come.
     */
    private static Offer gathered(Offer foo) {
        Offer.Func function = (Offer.Func) ((Offer.Instance) foo).exports().get("foo");
        CountDownLatch coming = new CountDownLatch(TOGETHER);
        return new Offer.Instance(Map.of("foo", new Offer.Func(function.type(), args -> {
            coming.countDown();
            try {
                coming.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return function.body().apply(args);
        })));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackful", "synchronous"})
    void aTextGoesThroughAGuestToTheHostAndBack(String kind) throws Throwable {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program guest = programs.start(
                    "async-round-trip-" + kind, Map.of("local:local/baz", baz(kind.equals("stackful"))));
            together(() -> assertEquals(
                    "hello, world! - entered guest - entered host - exited host - exited guest",
                    guest.call(List.of("local:local/baz", "foo"), "hello, world!")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackful stackful", "stackful synchronous", "synchronous stackful", "synchronous synchronous"})
    void aTextGoesThroughTwoGuests(String kinds) throws Throwable {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            String[] kind = kinds.split(" ");
            boolean stackful = kind[0].equals("stackful");
            Program inner = programs.start(
                    "async-round-trip-" + kind[1],
                    Map.of("local:local/baz", baz(stackful && kind[1].equals("stackful"))));
            Offer foo = inner.offer("local:local/baz", "foo");
            Program outer = programs.start(
                    "async-round-trip-" + kind[0], Map.of("local:local/baz", stackful ? gathered(foo) : foo));
            together(() -> assertEquals(
                    "hi - entered guest - entered guest - entered host - exited host - exited guest - exited guest",
                    outer.call(List.of("local:local/baz", "foo"), "hi")));
        }
    }

    @Test
    void aTextGoesThroughAFunctionOfTheWorld() throws Throwable {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Offer foo = function(true, TEXT, Optional.of(Primitive.STRING), args -> args[0] + " - host");
            Program guest = programs.start("async-round-trip-direct-stackless", Map.of("foo", foo));
            together(() -> assertEquals(
                    "hi - entered guest - host - exited guest", guest.call(List.of("foo"), "hi")));
        }
    }

    /** Several calls on threads of their own. */
    private static void together(Runnable call) throws Throwable {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            ends.add(CompletableFuture.runAsync(call, task -> Thread.ofPlatform().start(task)));
        }
        for (CompletableFuture<Void> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        }
    }

    @Test
    void backpressureHoldsCallsBackUntilItEnds() throws Throwable {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program guest = programs.start("async-backpressure-callee", Map.of());
            guest.call("local:local/backpressure", "inc-backpressure");
            Trap trap = assertThrows(Trap.class, () -> guest.call("local:local/run", "run"));
            assertTrue(trap.getMessage().startsWith("deadlock"), trap.getMessage());
            Program other = programs.start("async-backpressure-callee", Map.of());
            other.call("local:local/backpressure", "inc-backpressure");
            other.call("local:local/backpressure", "dec-backpressure");
            together(() -> other.call("local:local/run", "run"));
        }
    }

    @Test
    void backpressureIsCounted() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program guest = programs.start("backpressure-sync", Map.of());
            for (int i = 0; i < 3; i++) {
                guest.call("inc-backpressure");
            }
            for (int i = 0; i < 3; i++) {
                guest.call("dec-backpressure");
            }
            assertTrue(assertThrows(Trap.class, () -> guest.call("dec-backpressure")).getMessage().contains("backpressure"));
        }
    }

    private static final class X implements AutoCloseable {
        static final AtomicInteger OPEN = new AtomicInteger();

        X() {
            OPEN.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    private static Map<String, Offer> borrowingTypes() {
        Offer.Resource x = Offer.Resource.of("x", X.class);
        Map<String, Offer> types = new LinkedHashMap<>();
        types.put("x", x);
        types.put("[constructor]x", function(false, NONE, Optional.of(new ValueType.Own(x.type())), _ -> new X()));
        types.put(
                "[method]x.foo",
                function(false, Map.of("self", new ValueType.Borrow(x.type())), Optional.empty(), _ -> null));
        Map<String, Offer> imports = new LinkedHashMap<>();
        imports.put("local:local/borrowing-types", new Offer.Instance(types));
        return imports;
    }

    @Test
    void aBorrowIsGoneWhenItsCallHasReturned() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program good = programs.start("async-borrowing-callee", borrowingTypes());
            good.call(List.of("local:local/run-bool", "run"), false);
            Program bad = programs.start("async-borrowing-callee", borrowingTypes());
            // the task that uses it may run when the next call waits
            Trap trap = assertThrows(Trap.class, () -> {
                bad.call(List.of("local:local/run-bool", "run"), true);
                bad.call(List.of("local:local/run-bool", "run"), false);
            });
            assertTrue(trap.getMessage().contains("unknown handle index"), trap.getMessage());
        }
        assertEquals(0, X.OPEN.get());
    }

    @Test
    void aBorrowOfTheHostsResourceGoesFromGuestToGuest() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Map<String, Offer> imports = borrowingTypes();
            Program callee = programs.start("async-borrowing-callee", imports);
            imports.put("local:local/borrowing", callee.offer("local:local/borrowing", "foo"));
            Program caller = programs.start("async-borrowing-caller", imports);
            caller.call(List.of("local:local/run-bool", "run"), false);
        }
        assertEquals(0, X.OPEN.get());
    }

    @Test
    void aStreamWhoseWriterIsGoneIsAtItsEnd() throws IOException {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program guest = programs.start("async-closed-stream", Map.of());
            try (InputStream stream = (InputStream) guest.call("local:local/closed-stream", "get")) {
                assertEquals(-1, stream.read());
            }
        }
    }

    @Test
    void aGuestReadsStreamsAndFuturesThatTheHostCloses() throws Exception {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program guest = programs.start("async-closed-streams", Map.of());
            byte[] values = {42, 43, 44, 45};
            guest.call(List.of("local:local/closed", "read-stream"), new ByteArrayInputStream(values), values);
            for (String name : List.of("read-future", "read-future-post-return")) {
                CompletableFuture<Byte> ignored = new CompletableFuture<>();
                CompletableFuture<Byte> future = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> future.complete((byte) 7));
                guest.call(List.of("local:local/closed", name), future, (byte) 7, ignored);
            }
            guest.call(List.of("local:local/closed", "read-stream"), InputStream.nullInputStream(), new byte[0]);
        }
    }

    @Test
    void anErrorContextOfTheHostReachesAGuest() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            ValueType result = new ValueType.Result(Optional.empty(), Optional.of(Primitive.ERROR_CONTEXT));
            Offer runResult = new Offer.Instance(Map.of(
                    "run-fail",
                    function(true, NONE, Optional.of(result), _ -> Result.err(new ErrorContext("error"))),
                    "run-pass",
                    function(true, NONE, Optional.of(result), _ -> Result.ok(null))));
            programs.start("async-error-context-caller", Map.of("local:local/run-result", runResult))
                    .call("local:local/run", "run");
        }
    }

    /** What can be waited for, once it is ready or from then on. */
    private static final class Thing {
        private volatile CompletableFuture<Void> ready = new CompletableFuture<>();
        private final BlockingQueue<Thread> waiting = new LinkedBlockingQueue<>();

        void setReady(boolean now) {
            if (!now) {
                ready = new CompletableFuture<>();
            } else if (ready.complete(null)) {
                // the programs call when-ready before; they give way once, and expect to hear of it then
                try {
                    waiting.take().join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        void whenReady() {
            CompletableFuture<Void> awaited = ready;
            waiting.add(Thread.currentThread());
            awaited.join();
        }
    }

    private static Offer ready() {
        Offer.Resource thing = Offer.Resource.of("thing", Thing.class);
        Map<String, ValueType> self = Map.of("self", new ValueType.Borrow(thing.type()));
        Map<String, ValueType> set = new LinkedHashMap<>(self);
        set.put("ready", Primitive.BOOL);
        Map<String, Offer> exports = new LinkedHashMap<>();
        exports.put("thing", thing);
        exports.put(
                "[constructor]thing",
                function(false, NONE, Optional.of(new ValueType.Own(thing.type())), _ -> new Thing()));
        exports.put("[method]thing.set-ready", function(false, set, Optional.empty(), args -> {
            ((Thing) args[0]).setReady((boolean) args[1]);
            return null;
        }));
        exports.put("[method]thing.when-ready", function(true, self, Optional.empty(), args -> {
            ((Thing) args[0]).whenReady();
            return null;
        }));
        return new Offer.Instance(exports);
    }

    private static Offer continues() {
        AtomicBoolean goesOn = new AtomicBoolean();
        return new Offer.Instance(Map.of(
                "set-continue",
                function(false, Map.of("continue", Primitive.BOOL), Optional.empty(), args -> {
                    goesOn.set((boolean) args[0]);
                    return null;
                }),
                "get-continue",
                function(false, NONE, Optional.of(Primitive.BOOL), _ -> goesOn.get())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackless", "synchronous"})
    void aGuestGivesWayUntilAnotherTellsItToStop(String kind) {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Offer continues = continues();
            Program callee =
                    programs.start("async-yield-callee-" + kind, Map.of("local:local/continue", continues));
            Program caller = programs.start(
                    "async-yield-caller",
                    Map.of(
                            "local:local/continue", continues,
                            "local:local/ready", ready(),
                            "local:local/run", callee.offer("local:local/run", "run")));
            caller.call("local:local/run", "run");
        }
    }

    @Test
    void postReturnRunsAfterAnAsynchronousCall() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program guest = programs.start("async-post-return-callee", Map.of());
            assertEquals("hello", guest.call(List.of("local:local/post-return", "foo"), "hello"));
            assertEquals("hello", guest.call("local:local/post-return", "get-post-return-value"));
        }
    }

    @Test
    void aTaskSleepsAfterItHasReturned() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            AtomicInteger slept = new AtomicInteger();
            Offer sleep = new Offer.Instance(Map.of(
                    "sleep-millis",
                    function(true, Map.of("time-in-millis", Primitive.U64), Optional.empty(), args -> {
                        slept.addAndGet((int) (long) args[0]);
                        return null;
                    })));
            Program guest = programs.start("async-sleep-post-return-callee", Map.of("local:local/sleep", sleep));
            guest.call(List.of("local:local/sleep-post-return", "run"), 5L);
            while (slept.get() < 5) {
                Thread.onSpinWait();
            }
            guest.call(List.of("local:local/sleep-post-return", "run"), 6L);
        }
    }

    @Test
    void aGuestReadsAStreamOfTheHostsResources() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Offer.Resource x = Offer.Resource.of("x", X.class);
            Map<String, Offer> exports = new LinkedHashMap<>();
            exports.put("x", x);
            exports.put(
                    "[method]x.foo",
                    function(false, Map.of("self", new ValueType.Borrow(x.type())), Optional.empty(), _ -> null));
            ValueType stream = new ValueType.Stream(Optional.of(new ValueType.Own(x.type())));
            exports.put(
                    "foo",
                    function(true, Map.of("count", Primitive.U32), Optional.of(stream), args -> new Xs((int) args[0])));
            Program guest = programs.start(
                    "async-read-resource-stream", Map.of("local:local/resource-stream", new Offer.Instance(exports)));
            guest.call("local:local/run", "run");
            assertEquals(0, X.OPEN.get());
        }
    }

    private static final class Xs implements StreamReader<Object> {
        private int left;

        Xs(int count) {
            left = count;
        }

        @Override
        public List<Object> read(int max) {
            List<Object> some = new ArrayList<>();
            while (left > 0 && some.size() < max) {
                left--;
                some.add(new X());
            }
            return some;
        }

        @Override
        public void close() {}
    }

    @Test
    void aStreamWithoutElementsGoesFromGuestToGuest() {
        try (AsyncPrograms programs = new AsyncPrograms()) {
            Program callee = programs.start("async-unit-stream-callee", Map.of());
            Program caller = programs.start(
                    "async-unit-stream-caller",
                    Map.of("local:local/unit-stream", callee.offer("local:local/unit-stream", "run")));
            caller.call("local:local/run", "run");
        }
    }
}
