package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import dev.virga.engine.contract.Guest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls that go down through guests and the host in turn: each guest's {@code walk} calls the host's
 * {@code step}, which calls {@code walk} of some guest again. At the bottom they end in one of several
 * ways, and some level above may catch what is thrown there.
 */
final class StressWalk {

    /** How it ends at the bottom. */
    enum Ending { RETURN, TRAP, EXCEPTION, OVERFLOW }

    /** In the order of the numbers that {@code trap} of stress.wat takes. */
    static final List<Trap.Kind> TRAPS = List.of(
            Trap.Kind.UNREACHABLE, Trap.Kind.INTEGER_DIVIDE_BY_ZERO, Trap.Kind.INTEGER_OVERFLOW,
            Trap.Kind.INVALID_CONVERSION, Trap.Kind.MEMORY_OUT_OF_BOUNDS, Trap.Kind.TABLE_OUT_OF_BOUNDS,
            Trap.Kind.UNDEFINED_ELEMENT, Trap.Kind.UNINITIALIZED_ELEMENT, Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);

    private static final FuncType STEP =
            new FuncType(List.of(ValType.Num.I32, ValType.Num.I32), List.of(ValType.Num.I32));
    private static final int CAUGHT = -1;

    private static final class HostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final SplittableRandom random;
    private final StressEcho echo;
    private final HostException exception = new HostException();
    private List<Guest> guests = List.of();
    private Ending ending = Ending.RETURN;
    private int trap;
    private int catchesAt;

    StressWalk(SplittableRandom random, StressEcho echo) {
        this.random = random;
        this.echo = echo;
    }

    /** The guests among which it goes to and fro. */
    void through(List<Guest> among) {
        guests = among;
    }

    Guest any() {
        return guests.get(random.nextInt(guests.size()));
    }

    /** The host's function for instances of this store. */
    Extern.Func step(Store store) {
        return store.newFunc(STEP, () -> {
            try {
                MethodHandle step =
                        MethodHandles.lookup().findVirtual(StressWalk.class, "step", STEP.methodType());
                return step.bindTo(this);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Goes down and up again, and checks what comes out: the result, or what was thrown below. */
    Ending run() {
        ending = random.nextInt(3) > 0 ? Ending.RETURN : randomFailure();
        trap = random.nextInt(TRAPS.size());
        int depth = random.nextInt(8);
        catchesAt = random.nextInt(2 * (depth + 1));
        int value = random.nextInt();
        Optional<Integer> wanted = result(depth, value);
        Object got;
        try {
            got = any().call("walk", depth, value);
        } catch (RuntimeException e) {
            if (wanted.isPresent() || !isExpected(e)) {
                throw e;
            }
            return ending;
        }
        if (!wanted.equals(Optional.of(got))) {
            throw new AssertionError("walk(" + depth + ", " + value + ") gave " + got + ", not " + wanted);
        }
        return ending;
    }

    private Ending randomFailure() {
        return switch (random.nextInt(10)) {
            case 0 -> Ending.OVERFLOW;
            case 1, 2, 3, 4 -> Ending.EXCEPTION;
            default -> Ending.TRAP;
        };
    }

    private boolean isExpected(RuntimeException thrown) {
        return switch (ending) {
            case RETURN -> false;
            case EXCEPTION -> thrown == exception;
            case TRAP -> thrown instanceof Trap t && t.kind() == TRAPS.get(trap);
            case OVERFLOW -> thrown instanceof Trap t && t.kind() == Trap.Kind.STACK_OVERFLOW;
        };
    }

    int step(int depth, int value) {
        pause();
        if (depth == 0) {
            return switch (ending) {
                case RETURN -> value + 1;
                case EXCEPTION -> throw exception;
                case TRAP -> unreachable(any().call("trap", trap));
                case OVERFLOW -> unreachable(any().call("recurse", 0));
            };
        }
        try {
            return (int) any().call("walk", depth - 1, value + 1);
        } catch (RuntimeException e) {
            if (depth != catchesAt || !isExpected(e)) {
                throw e;
            }
            return CAUGHT;
        }
    }

    private int unreachable(Object result) {
        throw new AssertionError(ending + " did not happen, the guest gave " + result);
    }

    /** What {@code walk} gives; empty where it throws. */
    private Optional<Integer> result(int depth, int value) {
        return below(depth, value).map(step -> walk(depth, value, step));
    }

    private Optional<Integer> below(int depth, int value) {
        if (depth == 0) {
            return ending == Ending.RETURN ? Optional.of(value + 1) : Optional.empty();
        }
        Optional<Integer> result = result(depth - 1, value + 1);
        return result.isEmpty() && depth == catchesAt ? Optional.of(CAUGHT) : result;
    }

    /** As stress.wat has it, with what the host gave. */
    static int walk(int depth, int value, int step) {
        int mixed = value * 31 + depth;
        long wide = mixed * 0x9e3779b97f4a7c15L;
        double half = value * 0.5;
        return mixed + step + value + (int) (wide >>> 32) ^ (int) half;
    }

    /** Lets others run in one of many ways, or not. */
    private void pause() {
        switch (random.nextInt(8)) {
            case 0 -> Thread.yield();
            case 1 -> LockSupport.parkNanos(random.nextInt(50_000));
            case 2, 3 -> echo.ask(random.nextInt());
            case 4 -> echo.underItsMonitor(Thread::yield);
            case 5 -> allocate(random.nextInt(100_000));
            default -> { }
        }
    }

    /** Work for the collector, which moves what guests hold references to. */
    private static void allocate(int bytes) {
        if (new byte[bytes].length != bytes) {
            throw new AssertionError();
        }
    }
}
