package dev.virga.engine.nativecode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Memory fences that cost the frequent side nothing: the rare side has the kernel put one into every
 * thread of the process (membarrier(2), since Linux 4.14). Where that is refused, the frequent side pays.
 */
final class Fences {

    private static final long SYSCALL = Platform.current().architecture().equals("x86_64") ? 324 : 283;
    private static final int PRIVATE_EXPEDITED = 1 << 3;
    private static final int REGISTER_PRIVATE_EXPEDITED = 1 << 4;

    private static final MethodHandle MEMBARRIER = Linker.nativeLinker().downcallHandle(
            MemorySegment.ofAddress(Libc.address("syscall")),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(1));
    private static final boolean BY_KERNEL = membarrier(REGISTER_PRIVATE_EXPEDITED);

    private Fences() {}

    private static boolean membarrier(int command) {
        try {
            return (long) MEMBARRIER.invokeExact(SYSCALL, command, 0, 0) == 0;
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** The frequent side, between its write and its read. */
    static void light() {
        if (!BY_KERNEL) {
            VarHandle.fullFence();
        }
    }

    /** The rare side, between its write and its read. */
    static void heavy() {
        VarHandle.fullFence();
        if (BY_KERNEL && !membarrier(PRIVATE_EXPEDITED)) {
            throw new IllegalStateException("membarrier failed after it was registered");
        }
    }
}
