package dev.virga.engine.nativecode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The processor time of the thread that asks, in nanoseconds. */
final class ThreadTime {

    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker().downcallHandle(
            MemorySegment.ofAddress(Libc.address("clock_gettime")),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    /** One buffer a thread, since only a few threads ask; a {@code timespec}. */
    private static final ThreadLocal<Long> BUFFER = ThreadLocal.withInitial(() -> Libc.allocate(16));

    private ThreadTime() {}

    static long nanos() {
        long buffer = BUFFER.get();
        try {
            int ignored = (int) CLOCK_GETTIME.invokeExact(CLOCK_THREAD_CPUTIME_ID, buffer);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
        return Raw.getLong(buffer) * 1_000_000_000 + Raw.getLong(buffer + 8);
    }
}
