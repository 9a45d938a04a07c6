package dev.virga.engine.nativecode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The processor time of the platform's thread that asks, in nanoseconds. */
final class ThreadTime {

    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker().downcallHandle(
            MemorySegment.ofAddress(Libc.address("clock_gettime")),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

    private ThreadTime() {}

    /** @param fiber lends room for the answer */
    static long nanos(Fiber fiber) {
        long timespec = fiber.scratch();
        try {
            int ignored = (int) CLOCK_GETTIME.invokeExact(CLOCK_THREAD_CPUTIME_ID, timespec);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
        return Raw.getLong(timespec) * 1_000_000_000 + Raw.getLong(timespec + 8);
    }
}
