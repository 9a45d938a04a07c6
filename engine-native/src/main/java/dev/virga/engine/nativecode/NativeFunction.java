package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/** A function that an instance defines. There is one such object for each function of an instance. */
final class NativeFunction implements Extern.Func {

    private final NativeInstance instance;
    private final NativeStore store;
    private final ReferencedFunction function;
    private final long record;
    private final long stub;
    private MethodHandle handle;

    NativeFunction(NativeInstance instance, ReferencedFunction function, long record) {
        this.instance = instance;
        this.store = instance.store();
        this.function = function;
        this.record = record;
        this.stub = function.stub();
    }

    NativeStore store() {
        return store;
    }

    long record() {
        return record;
    }

    @Override
    public FuncType type() {
        return function.type();
    }

    @Override
    public MethodHandle handle() {
        if (handle == null) {
            handle = function.entry().bindTo(this);
        }
        return handle;
    }

    // From here on: what the entry stubs call.

    Fiber enter(int bytes) {
        return store.enter(bytes);
    }

    void leave(Fiber fiber) {
        store.leave(fiber);
    }

    /** Runs the function on its slots; a failure leaves the store before it is thrown. */
    void run(Fiber fiber, long slots) {
        int code = Switch.enter(fiber.context(), stub, slots, record);
        if (code != Switch.DONE) {
            serve(fiber, slots, code);
        }
        Reference.reachabilityFence(instance);
    }

    /** Does what the guest leaves its stack for, until it is done. */
    private void serve(Fiber fiber, long slots, int first) {
        try {
            int code = first;
            while (code != Switch.DONE) {
                code = switch (code) {
                    case Switch.TICK -> Ticks.handle(fiber, store);
                    case Switch.THROW -> Exceptions.thrown(fiber, store);
                    default -> answer(fiber, code);
                };
            }
        } catch (Throwable thrown) {
            try {
                throw Traps.outgoing(thrown, fiber, store);
            } finally {
                fiber.abandon(slots);
                store.leave(fiber);
            }
        }
    }

    /** Does what the guest asks for; an exception out of that goes into the guest. */
    private int answer(Fiber fiber, int code) throws Throwable {
        try {
            return switch (code) {
                case Switch.SHORT_HOST_CALL -> shortHostCall(fiber);
                case Switch.HOST_CALL -> hostCall(fiber);
                default -> other(fiber, code);
            };
        } catch (GuestException exception) {
            return Exceptions.passed(exception, fiber, store);
        }
    }

    private int shortHostCall(Fiber fiber) throws Throwable {
        callHost(fiber);
        return Switch.resumeCall(fiber.context());
    }

    private int hostCall(Fiber fiber) throws Throwable {
        callHost(fiber);
        return Switch.resume(fiber.context());
    }

    private void callHost(Fiber fiber) throws Throwable {
        checkStopped(fiber);
        store.hostFunction(fiber.callee()).call(fiber.arguments());
        back(fiber);
        fiber.ticks = 0;
    }

    /** The guest goes on, unless it has to stop or to wait. */
    private void back(Fiber fiber) {
        checkStopped(fiber);
        if (fiber.hostTime.isDue()) {
            Ticks.inHost(fiber, store);
            checkStopped(fiber);
        }
    }

    private int other(Fiber fiber, int code) {
        if (code >= Switch.TRAPS) {
            throw Traps.raised(code - Switch.TRAPS, fiber, store);
        }
        try {
            Builtins.call(code - Switch.BUILTINS, store.instance(fiber.callee()), fiber.arguments(), () -> back(fiber));
        } catch (Trap trap) {
            throw Traps.suspended(trap.kind(), trap.getMessage(), fiber, store);
        }
        back(fiber);
        return Switch.resume(fiber.context());
    }

    private void checkStopped(Fiber fiber) {
        if (store.isInterrupted()) {
            throw Traps.stopped(fiber, store);
        }
    }

    Object lift(long raw, boolean isFunction) {
        return store.lift(raw, isFunction);
    }

    long lower(Object value, boolean isFunction) {
        return store.lower(value, isFunction);
    }

    Object[] results(long slots) {
        return Slots.read(type().results(), store, slots);
    }
}
