package dev.virga.bench;

import static dev.virga.bench.Guests.ASYNC_CALLS;

import dev.virga.component.ComponentInstance;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** Functions of a component that has asynchronous ones, which complete at once. */
public class AsyncCalls extends Timed {

    private static final int CALLS_EACH = 1000;

    private static final MethodHandle ADD = add("add");
    private static final MethodHandle ADD_SYNC = add("add-sync");
    private static final MethodHandle ASYNC_ADDS = loop("async-adds");
    private static final MethodHandle BLOCKING_ADDS = loop("blocking-adds");
    private static final MethodHandle SYNC_ADDS = loop("sync-adds");

    private final ComponentInstance instance = Guests.instantiate(ASYNC_CALLS);
    private int sum;

    private static MethodHandle add(String function) {
        return Guests.handle(ASYNC_CALLS, int.class, List.of(int.class, int.class), function);
    }

    private static MethodHandle loop(String function) {
        return Guests.handle(ASYNC_CALLS, int.class, List.of(int.class), function);
    }

    @TearDown
    public void close() {
        instance.close();
    }

    /** Lifted with a callback, which is not called. */
    @Benchmark
    public int hostToAsyncGuest() throws Throwable {
        return sum = (int) ADD.invokeExact(instance, sum, 1);
    }

    /** A synchronous function beside asynchronous ones. */
    @Benchmark
    public int hostToSyncBesideAsync() throws Throwable {
        return sum = (int) ADD_SYNC.invokeExact(instance, sum, 1);
    }

    /** Lowered with {@code async}. */
    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int guestToAsyncGuest() throws Throwable {
        return (int) ASYNC_ADDS.invokeExact(instance, CALLS_EACH);
    }

    /** Lowered without: the caller waits. */
    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int guestToAsyncGuestBlocking() throws Throwable {
        return (int) BLOCKING_ADDS.invokeExact(instance, CALLS_EACH);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int guestToSyncBesideAsync() throws Throwable {
        return (int) SYNC_ADDS.invokeExact(instance, CALLS_EACH);
    }
}
