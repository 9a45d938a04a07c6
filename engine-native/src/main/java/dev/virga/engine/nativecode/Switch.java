package dev.virga.engine.nativecode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The routines that go onto a guest's stack and off it (switch/*.S). They are called as ordinary
 * foreign functions: a critical call would keep the JVM from reaching a safepoint.
 */
final class Switch {

    /** What {@link #enter} and {@link #resume} return; other values are builtins and traps. */
    static final int DONE = 0;
    static final int HOST_CALL = 1;
    static final int TICK = 2;
    static final int SHORT_HOST_CALL = 3;
    static final int BUILTINS = 256;
    static final int TRAPS = 4096;

    private static final int ROUTINE = 0x80;
    private static final CodeArea CODE =
            CodeArea.of(Resources.read("switch-" + Platform.current().architecture() + ".bin"));
    private static final MethodHandle ENTER = Linker.nativeLinker().downcallHandle(
            MemorySegment.ofAddress(CODE.address()),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle RESUME = Linker.nativeLinker().downcallHandle(
            MemorySegment.ofAddress(CODE.address() + ROUTINE), FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private static final MethodHandle RESUME_CALL = Linker.nativeLinker().downcallHandle(
            MemorySegment.ofAddress(CODE.address() + 4 * ROUTINE), FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    static final long YIELD = CODE.address() + 2 * ROUTINE;
    static final long RAISE = CODE.address() + 3 * ROUTINE;
    static final long LEAVE_CALL = CODE.address() + 5 * ROUTINE;

    private Switch() {}

    /** Calls a function through its entry stub, on the stack below the slots. */
    static int enter(long context, long stub, long slots, long function) {
        try {
            return (int) ENTER.invokeExact(context, stub, slots, function);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Goes on where the guest left for a {@link #SHORT_HOST_CALL}. */
    static int resumeCall(long context) {
        try {
            return (int) RESUME_CALL.invokeExact(context);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Goes on where the guest left otherwise. */
    static int resume(long context) {
        try {
            return (int) RESUME.invokeExact(context);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
