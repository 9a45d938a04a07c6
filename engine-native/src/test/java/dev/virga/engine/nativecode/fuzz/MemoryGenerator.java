package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.MemoryType;
import dev.virga.engine.ValType;
import java.util.List;
import java.util.stream.IntStream;

/** Memory instructions. Memories never shrink, so what is in bounds at first always is. */
final class MemoryGenerator {

    /** Addresses that are computed stay below it, or below twice it. */
    private static final int MASK = 0x3fff;

    private static final int MAX_OFFSET = Integer.MAX_VALUE - 1;

    private final FunctionGenerator f;
    private final List<Integer> memories;
    /** Those that are not empty at first. */
    private final List<Integer> filled;

    MemoryGenerator(FunctionGenerator f) {
        this.f = f;
        memories = IntStream.range(0, f.shape.memories().size()).boxed().toList();
        filled = memories.stream().filter(memory -> bytes(memory) > 0).toList();
    }

    private long bytes(int memory) {
        return f.shape.memories().get(memory).limits().min() * ModuleShape.PAGE;
    }

    boolean load(ValType type) {
        if (filled.isEmpty()) {
            return false;
        }
        MemoryAccess access = f.any(MemoryAccess.LOADS.get(type));
        boolean wild = f.risks();
        int memory = f.any(wild ? memories : filled);
        argument(access, memory, address(memory, access.bytes(), wild));
        return true;
    }

    void store() {
        if (filled.isEmpty()) {
            return;
        }
        ValType type = f.any(Values.NUMBERS);
        MemoryAccess access = f.any(MemoryAccess.STORES.get(type));
        boolean wild = f.risks();
        int memory = f.any(wild ? memories : filled);
        long offset = address(memory, access.bytes(), wild);
        f.value(type);
        argument(access, memory, offset);
    }

    private void argument(MemoryAccess access, int memory, long offset) {
        int align = f.random.nextInt(access.shift() + 1);
        f.op(access.code());
        if (memory == 0) {
            f.code.u32(align);
        } else {
            f.code.u32(align | 0x40).u32(memory);
        }
        f.code.u32(offset);
    }

    /** Pushes an address; the offset to go with it is what it returns. */
    private long address(int memory, int width, boolean wild) {
        return wild ? wildAddress(memory, width) : goodAddress(memory, width);
    }

    private long goodAddress(int memory, int width) {
        long last = bytes(memory) - width;
        long offset = f.random.nextInt(4) == 0 ? f.random.nextLong(last + 1) : f.random.nextInt(64);
        switch (f.random.nextInt(8)) {
            case 0 -> f.i32(last - offset);
            case 1 -> f.i32(f.random.nextLong(last - offset + 1));
            case 2 -> {
                // The last one that is in bounds now, however much the memory has grown.
                currentBytes(memory);
                f.i32(width + offset);
                f.op(0x6b);
            }
            default -> {
                masked(MASK);
                return f.random.nextInt(4) == 0 ? last - MASK : offset % (last - MASK + 1);
            }
        }
        return offset;
    }

    private long wildAddress(int memory, int width) {
        long bytes = bytes(memory);
        // None above 2 GiB: then the portable engine interprets the function, and Endive's interpreter is
        // wrong about loops with parameters, tail calls and globals with functions.
        long offset = switch (f.random.nextInt(8)) {
            case 0 -> MAX_OFFSET - f.random.nextInt(3);
            case 1 -> f.random.nextInt(MAX_OFFSET);
            case 2 -> bytes;
            default -> f.random.nextInt(64);
        };
        switch (f.random.nextInt(4)) {
            case 0 -> f.value(I32);
            case 1 -> f.i32(bytes - width - offset + f.random.nextInt(4));
            case 2 -> {
                currentBytes(memory);
                f.i32(width + offset - f.random.nextInt(3));
                f.op(0x6b);
            }
            default -> f.i32(List.of(0, -1, -width, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .get(f.random.nextInt(5)));
        }
        return offset;
    }

    private void currentBytes(int memory) {
        f.op(0x3f).u32(memory);
        f.i32(16);
        f.op(0x74);
    }

    private void masked(int mask) {
        f.value(I32);
        f.i32(mask);
        f.op(0x71);
    }

    boolean size() {
        if (memories.isEmpty()) {
            return false;
        }
        f.op(0x3f).u32(f.any(memories));
        return true;
    }

    /** Grows by a little, or by more than any memory may. One without a maximum never grows. */
    void grow() {
        if (memories.isEmpty()) {
            return;
        }
        int memory = f.any(memories);
        MemoryType type = f.shape.memories().get(memory);
        if (type.limits().max().isPresent() && f.random.nextInt(4) > 0) {
            masked(1);
        } else {
            f.i32(f.any(List.of(0, 65_537, -1)));
        }
        f.op(0x40).u32(memory);
        f.pop(I32);
    }

    void bulk() {
        if (filled.isEmpty()) {
            return;
        }
        boolean wild = f.risks();
        int memory = f.any(wild ? memories : filled);
        switch (f.random.nextInt(7)) {
            case 0, 1 -> fill(memory, wild);
            case 2, 3 -> copy(memory, f.any(wild ? memories : filled), wild);
            case 4, 5 -> init(memory, wild);
            default -> drop();
        }
    }

    private void fill(int memory, boolean wild) {
        boolean large = isLarge(memory);
        start(wild, large);
        f.value(I32);
        length(wild, large);
        f.op(0xfc0b).u32(memory);
    }

    private void copy(int to, int from, boolean wild) {
        boolean large = isLarge(to) && isLarge(from);
        start(wild, large);
        start(wild, large);
        length(wild, large);
        f.op(0xfc0a).u32(to).u32(from);
    }

    /** Whether the instruction may move more than a page, for which engines have another way. */
    private boolean isLarge(int memory) {
        return bytes(memory) > ModuleShape.PAGE && f.random.nextInt(4) == 0;
    }

    private void start(boolean wild, boolean large) {
        if (wild) {
            f.value(I32);
        } else {
            masked(large ? 0xff : MASK);
        }
    }

    private void length(boolean wild, boolean large) {
        if (wild) {
            f.value(I32);
        } else if (large) {
            f.i32(2 * ModuleShape.PAGE - 0xff - f.random.nextInt(70_000));
        } else if (f.random.nextBoolean()) {
            f.i32(f.random.nextInt(40));
        } else {
            masked(MASK);
        }
    }

    private void init(int memory, boolean wild) {
        List<Integer> segments = segments(!wild);
        if (segments.isEmpty()) {
            return;
        }
        int segment = f.any(segments);
        int length = f.shape.data().get(segment).bytes().length;
        start(wild, false);
        if (wild) {
            f.value(I32);
            f.i32(f.random.nextInt(length + 2));
        } else {
            int from = f.random.nextInt(length + 1);
            f.i32(from);
            f.i32(f.random.nextInt(length - from + 1));
        }
        f.op(0xfc08).u32(segment).u32(memory);
    }

    private void drop() {
        List<Integer> segments =
                segments(false).stream().filter(segment -> !f.shape.data().get(segment).stays()).toList();
        if (!segments.isEmpty()) {
            f.op(0xfc09).u32(f.any(segments));
        }
    }

    private List<Integer> segments(boolean staying) {
        return IntStream.range(0, f.shape.data().size())
                .filter(segment -> !staying || f.shape.data().get(segment).stays())
                .boxed()
                .toList();
    }
}
