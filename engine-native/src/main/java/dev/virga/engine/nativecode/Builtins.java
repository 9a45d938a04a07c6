package dev.virga.engine.nativecode;

import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;

/** The instructions that generated code leaves to the runtime (compiler/INTERFACE.md, "Stubs"). */
final class Builtins {

    /** Long ones are done piece by piece, since a guest can ask for gigabytes with one instruction. */
    private static final long PIECE = 1 << 20;

    private Builtins() {}

    /**
     * @param slots the arguments, i64 each; the result is written to the first
     * @param pause is called between two pieces; may wait, and throws if the guest has to stop
     */
    static void call(int number, NativeInstance instance, long slots, Runnable pause) {
        long a = Raw.getLong(slots);
        switch (number) {
            case 0 -> Raw.putLong(slots, instance.memories[(int) a].grow(second(slots)));
            case 1 -> memoryInit(
                    instance, (int) a, (int) second(slots), third(slots), fourth(slots), fifth(slots), pause);
            case 2 -> instance.droppedData[(int) a] = true;
            case 3 -> memoryCopy(instance.memories[(int) a], instance.memories[(int) second(slots)],
                    third(slots), fourth(slots), fifth(slots), pause);
            case 4 -> memoryFill(instance.memories[(int) a], second(slots), (byte) third(slots), fourth(slots), pause);
            case 5 -> Raw.putLong(slots, instance.tables[(int) a].growRaw(third(slots), second(slots)));
            case 6 -> instance.tables[(int) a].fillRaw(second(slots), third(slots), fourth(slots));
            case 7 -> instance.tables[(int) a].copyRaw(
                    third(slots), instance.tables[(int) second(slots)], fourth(slots), fifth(slots));
            case 8 -> tableInit(instance, (int) a, (int) second(slots), third(slots), fourth(slots), fifth(slots));
            case 9 -> instance.droppedElements[(int) a] = true;
            case 10 -> throw instance.store().exception(a);
            default -> throw new IllegalStateException("generated code asks for the unknown builtin " + number);
        }
    }

    private static long second(long slots) {
        return Raw.getLong(slots + 8);
    }

    private static long third(long slots) {
        return Raw.getLong(slots + 16);
    }

    private static long fourth(long slots) {
        return Raw.getLong(slots + 24);
    }

    private static long fifth(long slots) {
        return Raw.getLong(slots + 32);
    }

    private static void memoryInit(
            NativeInstance instance, int memory, int segment, long to, long from, long length, Runnable pause) {
        MemorySegment data = instance.droppedData[segment]
                ? MemorySegment.NULL
                : instance.module().data(instance.module().plan().data().get(segment).bytes());
        if (from < 0 || length < 0 || from > data.byteSize() - length) {
            throw new Trap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        }
        check(instance.memories[memory], to, length);
        copy(data, from, instance.memories[memory].segment(), to, length, pause);
    }

    /** Writes bytes of a segment to a memory. */
    static void copyIn(NativeMemory memory, long to, MemorySegment data) {
        check(memory, to, data.byteSize());
        MemorySegment.copy(data, 0, memory.segment(), to, data.byteSize());
    }

    private static void memoryCopy(
            NativeMemory to, NativeMemory from, long target, long source, long length, Runnable pause) {
        check(from, source, length);
        check(to, target, length);
        copy(from.segment(), source, to.segment(), target, length, pause);
    }

    /** The pieces go in the order in which none is overwritten before it was read. */
    private static void copy(
            MemorySegment from, long source, MemorySegment to, long target, long length, Runnable pause) {
        for (long done = 0; done < length; done += PIECE) {
            long piece = Math.min(PIECE, length - done);
            long at = source >= target ? done : length - done - piece;
            MemorySegment.copy(from, source + at, to, target + at, piece);
            pause.run();
        }
    }

    private static void memoryFill(NativeMemory memory, long to, byte value, long length, Runnable pause) {
        check(memory, to, length);
        MemorySegment all = memory.segment();
        for (long done = 0; done < length; done += PIECE) {
            all.asSlice(to + done, Math.min(PIECE, length - done)).fill(value);
            pause.run();
        }
    }

    private static void check(NativeMemory memory, long at, long length) {
        if (at < 0 || length < 0 || at > memory.segment().byteSize() - length) {
            throw new Trap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        }
    }

    private static void tableInit(NativeInstance instance, int table, int segment, long to, long from, long length) {
        long[] elements = instance.droppedElements[segment]
                ? new long[0]
                : instance.elements(segment);
        instance.tables[table].initRaw(to, elements, from, length);
    }
}
