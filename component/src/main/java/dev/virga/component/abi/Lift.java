package dev.virga.component.abi;

import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;

/**
 * The lifting of one call's values. All pointers that a guest gives are checked here, and all that
 * lifting makes the host hold is charged here.
 */
final class Lift {

    /** The bound on strings and lists ({@code MAX_STRING_BYTE_LENGTH}, {@code MAX_LIST_BYTE_LENGTH}). */
    static final long MAX_BYTE_LENGTH = (1L << 28) - 1;

    static final long DEFAULT_LIMIT = Math.min(1L << 29, Runtime.getRuntime().maxMemory() / 4);

    private final LiftLowerContext context;
    private MemorySegment memory;
    private long left;

    Lift(LiftLowerContext context) {
        this.context = context;
    }

    LiftLowerContext context() {
        return context;
    }

    /** The guest's memory. It cannot change while one call's values are lifted. */
    MemorySegment memory() {
        if (memory == null) {
            memory = context.memory();
            left = context.liftLimit();
        }
        return memory;
    }

    /** A pointer to {@code size} bytes: the address, or a trap. */
    long check(String what, int pointer, long size, int alignment) {
        return check(memory(), what, pointer, size, alignment);
    }

    static long check(MemorySegment memory, String what, int pointer, long size, int alignment) {
        long address = Integer.toUnsignedLong(pointer);
        if ((address & alignment - 1) != 0) {
            throw trap("unaligned pointer: " + what + " pointer 0x" + Integer.toHexString(pointer)
                    + " not aligned to " + alignment);
        }
        if (address + size > memory.byteSize()) {
            throw trap(what + " content out-of-bounds: " + what + " pointer/length out of bounds of memory: "
                    + size + " bytes at 0x" + Integer.toHexString(pointer) + " of " + memory.byteSize());
        }
        return address;
    }

    /** Charges Java heap that a value is about to take. */
    void charge(long bytes) {
        memory();
        left -= bytes;
        if (left < 0) {
            throw trap("the values of one call take more than the " + context.liftLimit()
                    + " bytes of host memory allowed; pass less at a time");
        }
    }

    /** Loads an unsigned integer of one, two or four bytes. */
    int unsigned(long pointer, int size) {
        return switch (size) {
            case 1 -> memory().get(LittleEndian.BYTE, pointer) & 0xFF;
            case 2 -> memory().get(LittleEndian.SHORT, pointer) & 0xFFFF;
            default -> memory().get(LittleEndian.INT, pointer);
        };
    }

    long i64(long pointer) {
        return memory().get(LittleEndian.LONG, pointer);
    }

    static Trap trap(String message) {
        return new Trap(Trap.Kind.CANONICAL_ABI, message);
    }
}
