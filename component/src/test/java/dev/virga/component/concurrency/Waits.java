package dev.virga.component.concurrency;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Guests;
import dev.virga.component.Linker;
import dev.virga.component.Offer;
import dev.virga.component.PreparedComponent;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** The guest {@code tasks}, {@code pipes} or {@code attacks}, whose import {@code wait(x)} blocks until the test answers x. */
final class Waits implements AutoCloseable {

    private static final Component TASKS = Guests.load("tasks");
    private static final Component PIPES = Guests.load("pipes");
    private static final Component ATTACKS = Guests.load("attacks");

    /** The answers of each x; what is not there yet is waited for. */
    final Map<Integer, CompletableFuture<Integer>> answers = new ConcurrentHashMap<>();

    /** One permit for each call of {@code wait} that has begun. */
    final Semaphore begun = new Semaphore(0);

    /** The calls of {@code wait} that were interrupted. */
    final List<Integer> interrupted = new CopyOnWriteArrayList<>();

    final List<Integer> notes = new CopyOnWriteArrayList<>();
    final PreparedComponent<Void> prepared;
    final ComponentInstance instance;
    private final List<Thread> threads = new ArrayList<>();

    Waits() {
        this(Limiter.UNLIMITED, 1 << 20, args -> null);
    }

    /** @param note what {@code note} does */
    Waits(Limiter limiter, int handles, Function<Object[], Object> note) {
        this(TASKS, limiter, handles, note, InputStream::nullInputStream);
    }

    /** @param bytes what {@code get-bytes} gives */
    static Waits pipes(Limiter limiter, int handles, Supplier<InputStream> bytes) {
        return new Waits(PIPES, limiter, handles, _ -> null, bytes);
    }

    static Waits pipes() {
        return pipes(Limiter.UNLIMITED, 1 << 20, InputStream::nullInputStream);
    }

    static Waits attacks() {
        return new Waits(ATTACKS, Limiter.UNLIMITED, 1 << 20, _ -> null, InputStream::nullInputStream);
    }

    private Waits(
            Component guest,
            Limiter limiter,
            int handles,
            Function<Object[], Object> note,
            Supplier<InputStream> bytes) {
        Linker<Void> linker = new Linker<>(handles);
        linker.define("wait", func(true, Optional.of(Primitive.U32), args -> answer((int) args[0]), Primitive.U32));
        linker.define("note", func(false, Optional.empty(), args -> {
            notes.add((int) args[0]);
            return note.apply(args);
        }, Primitive.U32));
        ValueType stream = new ValueType.Stream(Optional.of(Primitive.U8));
        linker.define("get-bytes", func(false, Optional.of(stream), _ -> bytes.get()));
        prepared = linker.prepare(guest);
        instance = prepared.instantiate(null, limiter);
    }

    static Offer.Func func(boolean async, Optional<ValueType> result, Function<Object[], Object> body, ValueType... params) {
        List<FunctionType.Param> named = new ArrayList<>();
        for (int i = 0; i < params.length; i++) {
            named.add(new FunctionType.Param(params.length == 1 ? "x" : "abcdef".substring(i, i + 1), params[i]));
        }
        return new Offer.Func(new FunctionType(named, result, async), body);
    }

    private Object answer(int x) {
        begun.release();
        try {
            return answerOf(x).get();
        } catch (InterruptedException e) {
            interrupted.add(x);
            throw new CancellationException("cancelled");
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    CompletableFuture<Integer> answerOf(int x) {
        return answers.computeIfAbsent(x, _ -> new CompletableFuture<>());
    }

    void answer(int x, int value) {
        answerOf(x).complete(value);
    }

    ExportedFunction function(String name) {
        return prepared.function(name).orElseThrow();
    }

    Object call(String name, Object... arguments) {
        return function(name).call(instance, arguments);
    }

    /** A call on a thread of its own. */
    final class Calling {
        final CompletableFuture<Object> result = new CompletableFuture<>();
        final Thread thread;

        private Calling(String name, Object... arguments) {
            thread = Thread.ofPlatform().name("test-" + name).daemon().start(() -> {
                try {
                    result.complete(call(name, arguments));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            threads.add(thread);
        }

        Object get() throws InterruptedException, ExecutionException {
            return result.get();
        }

        Throwable failure() throws InterruptedException {
            try {
                throw new AssertionError("no failure but " + result.get());
            } catch (CancellationException e) {
                return e;
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    Calling start(String name, Object... arguments) {
        return new Calling(name, arguments);
    }

    /** Starts a call and waits until the host's function that it calls has begun. */
    Calling startUntilWaiting(String name, Object... arguments) throws InterruptedException {
        Calling call = start(name, arguments);
        begun.acquire();
        return call;
    }

    @Override
    public void close() {
        instance.close();
        threads.forEach(Thread::interrupt);
    }
}
