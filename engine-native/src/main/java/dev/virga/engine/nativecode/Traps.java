package dev.virga.engine.nativecode;

import dev.virga.engine.Trap;
import dev.virga.engine.Trap.Kind;
import java.util.Optional;

/** What leaves a guest as an exception: traps with the guest's backtrace, or what a host function threw. */
final class Traps {

    /** By the code that generated code raises (compiler/INTERFACE.md, "Stacks and their context"). */
    private static final Kind[] KINDS = {
        Kind.UNREACHABLE,
        Kind.INTEGER_DIVIDE_BY_ZERO,
        Kind.INTEGER_OVERFLOW,
        Kind.INVALID_CONVERSION,
        Kind.MEMORY_OUT_OF_BOUNDS,
        Kind.TABLE_OUT_OF_BOUNDS,
        Kind.UNDEFINED_ELEMENT,
        Kind.UNINITIALIZED_ELEMENT,
        Kind.INDIRECT_CALL_TYPE_MISMATCH,
        Kind.NULL_REFERENCE,
        Kind.UNALIGNED_ATOMIC,
    };

    private Traps() {}

    /** The trap that the guest has just raised. */
    static Trap raised(int code, Fiber fiber, NativeStore store) {
        Kind kind = KINDS[code];
        return new Trap(kind, kind.text(), Backtrace.ofTrap(fiber, store));
    }

    /** A trap of a guest that is suspended. */
    static Trap suspended(Kind kind, String message, Fiber fiber, NativeStore store) {
        return new Trap(kind, message, Backtrace.ofSuspended(fiber, store));
    }

    /** Where the guest is stopped because its store was interrupted or closed; {@link #outgoing} says why. */
    static RuntimeException stopped(Fiber fiber, NativeStore store) {
        return suspended(Kind.INTERRUPTED, Kind.INTERRUPTED.text(), fiber, store);
    }

    /** What the host gets for an exception out of a guest or a host function. */
    static RuntimeException outgoing(Throwable thrown, Fiber fiber, NativeStore store) {
        Optional<String> reason = store.interruptReason();
        if (reason.isPresent()) {
            String message = "interrupted: " + reason.get();
            return thrown instanceof Trap trap
                    ? new Trap(Kind.INTERRUPTED, message, trap.backtrace())
                    : suspended(Kind.INTERRUPTED, message, fiber, store);
        }
        return switch (thrown) {
            case StackOverflowError e -> suspended(Kind.STACK_OVERFLOW, Kind.STACK_OVERFLOW.text(), fiber, store);
            case Error e -> throw e;
            case Trap e when store.isInterrupted() -> new IllegalStateException("the store is closed", e);
            case Trap e when e.backtrace().isEmpty() -> suspended(e.kind(), e.getMessage(), fiber, store);
            case RuntimeException e -> e;
            default -> new IllegalStateException(thrown);
        };
    }
}
