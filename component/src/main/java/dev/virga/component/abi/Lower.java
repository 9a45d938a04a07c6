package dev.virga.component.abi;

import java.lang.foreign.MemorySegment;

/**
 * The lowering of one call's values. Everything that a guest's {@code realloc} gives back is checked
 * here.
 */
final class Lower {

    private static final long MAX_ALLOCATION = (1L << 32) - 1;

    private final LiftLowerContext context;
    private MemorySegment memory;

    Lower(LiftLowerContext context) {
        this.context = context;
    }

    LiftLowerContext context() {
        return context;
    }

    /** The guest's memory at its current size. */
    MemorySegment memory() {
        if (memory == null) {
            memory = context.memory();
        }
        return memory;
    }

    long allocate(int alignment, long size) {
        return reallocate(0, 0, alignment, size);
    }

    /** Calls the guest's {@code realloc}: the address of {@code newSize} bytes, or a trap. */
    long reallocate(long old, long oldSize, int alignment, long newSize) {
        if (newSize > MAX_ALLOCATION) {
            throw Lift.trap("a value of " + newSize + " bytes is too large for the guest's memory");
        }
        int pointer = context.realloc((int) old, (int) oldSize, alignment, (int) newSize);
        memory = null;
        long address = Integer.toUnsignedLong(pointer);
        if ((address & alignment - 1) != 0) {
            throw Lift.trap("realloc return: unaligned pointer 0x" + Integer.toHexString(pointer)
                    + ", result not aligned to " + alignment);
        }
        if (address + newSize > memory().byteSize()) {
            throw Lift.trap("realloc return: 0x" + Integer.toHexString(pointer) + " with " + newSize
                    + " bytes is beyond end of memory, out of bounds");
        }
        return address;
    }

    /** A pointer that the guest gave for results: the address, or a trap. */
    long check(int pointer, long size, int alignment) {
        return Lift.check(memory(), "result", pointer, size, alignment);
    }

    /** Stores an integer of one, two or four bytes. */
    void integer(long pointer, int size, int value) {
        switch (size) {
            case 1 -> memory().set(LittleEndian.BYTE, pointer, (byte) value);
            case 2 -> memory().set(LittleEndian.SHORT, pointer, (short) value);
            default -> memory().set(LittleEndian.INT, pointer, value);
        }
    }

    void i64(long pointer, long value) {
        memory().set(LittleEndian.LONG, pointer, value);
    }
}
