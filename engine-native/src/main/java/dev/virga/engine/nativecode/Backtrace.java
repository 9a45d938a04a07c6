package dev.virga.engine.nativecode;

import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Walks a guest's frames by their frame pointers: each points to its caller's, and above it lies
 * the address to which the function returns. The frame of an entry stub has no caller; above it
 * lie what {@code enter} pushed: the context and the outer suspended stack pointer.
 */
final class Backtrace {

    /** Enough to see where a recursion began to repeat. */
    private static final int MAX_FRAMES = 64;

    private final Fiber fiber;
    private final NativeStore store;
    private final List<Trap.Frame> frames = new ArrayList<>();

    private Backtrace(Fiber fiber, NativeStore store) {
        this.fiber = fiber;
        this.store = store;
    }

    /** The frames of a guest that raised a trap, innermost first. */
    static List<Trap.Frame> ofTrap(Fiber fiber, NativeStore store) {
        return new Backtrace(fiber, store).walk(fiber.trapFrame());
    }

    /** The frames of a guest that is suspended, innermost first. */
    static List<Trap.Frame> ofSuspended(Fiber fiber, NativeStore store) {
        Backtrace backtrace = new Backtrace(fiber, store);
        return backtrace.walk(backtrace.savedFrame(fiber.guestSp()));
    }

    private List<Trap.Frame> walk(long innermost) {
        long frame = innermost;
        while (frames.size() < MAX_FRAMES && fiber.contains(frame)) {
            long caller = Raw.getLong(frame);
            if (caller != 0) {
                add(Raw.getLong(frame + 8));
                frame = caller;
            } else {
                frame = savedFrame(Raw.getLong(frame + 24));
            }
        }
        return frames;
    }

    /** The frame pointer of a guest that left with this stack pointer; 0 for none. */
    private long savedFrame(long guestSp) {
        return fiber.contains(guestSp) ? Raw.getLong(guestSp) : 0;
    }

    private void add(long returnAddress) {
        for (NativeInstance instance : store.instances()) {
            NativeModule module = instance.module();
            if (module.contains(returnAddress)) {
                int offset = module.codeOffset(returnAddress);
                OptionalInt function = module.code().function(offset);
                if (function.isPresent()) {
                    frames.add(frame(module, function.getAsInt(), offset));
                }
                return;
            }
        }
    }

    private static Trap.Frame frame(NativeModule module, int function, int offset) {
        int index = module.plan().importedFunctions() + function;
        Optional<String> name = module.names().function(index);
        return new Trap.Frame(module.names().module().orElse("module"), index, name);
    }
}
