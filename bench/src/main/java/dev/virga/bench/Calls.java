package dev.virga.bench;

import static dev.virga.bench.Guests.CALLS;

import dev.virga.component.ComponentInstance;
import dev.virga.component.GuestResource;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** Synchronous functions and values; handles are static and final, where nothing else is said. */
public class Calls extends Timed {

    private static final int CALLS_EACH = 1000;

    private static final MethodHandle ADD = add();
    private static final MethodHandle HOST_ADDS = loop("host-adds");
    private static final MethodHandle INNER_ADDS = loop("inner-adds");
    private static final MethodHandle INNER_LENGTHS = loop("inner-lengths");
    private static final MethodHandle CELLS = loop("cells");
    private static final MethodHandle NEW_CELL =
            Guests.handle(CALLS, GuestResource.class, List.of(int.class), "calls", "new-cell");
    private static final MethodHandle LENGTH =
            Guests.handle(CALLS, int.class, List.of(String.class), "calls", "length");
    private static final MethodHandle TAKE = Guests.handle(CALLS, int.class, List.of(byte[].class), "calls", "take");
    private static final MethodHandle BYTES = Guests.handle(CALLS, byte[].class, List.of(), "calls", "bytes");
    private static final MethodHandle MOVE = Guests.handle(CALLS, Point.class, List.of(Point.class), "calls", "move");

    /** The record of the guest. */
    public record Point(int x, long y, double z) {}

    /** A part of what the guest exports, as a Java interface. */
    public interface Adder {
        int add(int a, int b);
    }

    private final ComponentInstance instance = Guests.instantiate(CALLS);
    private final Adder adder = CALLS.exported("calls", Adder.class).of(instance);
    private final MethodHandle add = add();
    private final String text = "twenty bytes of text";
    private final byte[] mebibyte = new byte[1 << 20];
    private Point point = new Point(1, 2, 3);
    private int sum;

    private static MethodHandle add() {
        return Guests.handle(CALLS, int.class, List.of(int.class, int.class), "calls", "add");
    }

    private static MethodHandle loop(String function) {
        return Guests.handle(CALLS, int.class, List.of(int.class), "calls", function);
    }

    @TearDown
    public void close() {
        instance.close();
    }

    @Benchmark
    public int hostToGuest() throws Throwable {
        return sum = (int) ADD.invokeExact(instance, sum, 1);
    }

    /** The handle is in an instance's field. */
    @Benchmark
    public int hostToGuestByField() throws Throwable {
        return sum = (int) add.invokeExact(instance, sum, 1);
    }

    @Benchmark
    public int hostToGuestByInterface() {
        return sum = adder.add(sum, 1);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int guestToHost() throws Throwable {
        return (int) HOST_ADDS.invokeExact(instance, CALLS_EACH);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int guestToGuest() throws Throwable {
        return (int) INNER_ADDS.invokeExact(instance, CALLS_EACH);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int guestToGuestString() throws Throwable {
        return (int) INNER_LENGTHS.invokeExact(instance, CALLS_EACH);
    }

    @Benchmark
    public int hostToGuestString() throws Throwable {
        return (int) LENGTH.invokeExact(instance, text);
    }

    @Benchmark
    public Point record() throws Throwable {
        return point = (Point) MOVE.invokeExact(instance, point);
    }

    @Benchmark
    public int mebibyteIn() throws Throwable {
        return (int) TAKE.invokeExact(instance, mebibyte);
    }

    @Benchmark
    public byte[] mebibyteOut() throws Throwable {
        return (byte[]) BYTES.invokeExact(instance);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_EACH)
    public int resourceInGuest() throws Throwable {
        return (int) CELLS.invokeExact(instance, CALLS_EACH);
    }

    @Benchmark
    public void resourceInHost() throws Throwable {
        ((GuestResource) NEW_CELL.invokeExact(instance, 7)).close();
    }

    @Benchmark
    public void instantiate() {
        Guests.instantiate(CALLS).close();
    }
}
