package dev.virga.component.abi;

import dev.virga.component.ErrorContext;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.Trap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A guest's memory off the heap with an allocator that only goes forward and may grow it, and a table
 * of handles. Remembers what the ABI asked for.
 */
class GuestMemory implements LiftLowerContext, AutoCloseable {

    record Realloc(int oldPointer, int oldSize, int alignment, int newSize) {}

    private final Arena arena = Arena.ofConfined();
    private final StringEncoding encoding;
    private MemorySegment memory;
    private int next = 16;
    private final List<Object> handles = new ArrayList<>();
    final List<Realloc> reallocs = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    /** What realloc answers instead of allocating. */
    ToIntFunction<Realloc> allocator = this::bump;
    long liftLimit = 1L << 29;

    GuestMemory(StringEncoding encoding, long size) {
        this.encoding = encoding;
        this.memory = arena.allocate(size, 16);
    }

    private int bump(Realloc request) {
        if (request.oldPointer() != 0 && request.newSize() <= request.oldSize()) {
            return request.oldPointer();
        }
        int pointer = (next + request.alignment() - 1) & -request.alignment();
        next = pointer + request.newSize();
        while (next > memory.byteSize()) {
            MemorySegment grown = arena.allocate(memory.byteSize() * 2, 16);
            grown.copyFrom(memory);
            // What still writes to the old memory after growth must be seen to be lost.
            memory.fill((byte) 0xEE);
            memory = grown;
        }
        MemorySegment.copy(memory, request.oldPointer(), memory, pointer, request.oldSize());
        return pointer;
    }

    /** Forgets all allocations. */
    void reset() {
        next = 16;
        reallocs.clear();
        events.clear();
    }

    @Override
    public void enter() {
        events.add("enter");
    }

    @Override
    public void returned() {
        events.add("returned");
    }

    @Override
    public void exit() {
        events.add("exit");
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public StringEncoding encoding() {
        return encoding;
    }

    @Override
    public int realloc(int oldPointer, int oldSize, int alignment, int newSize) {
        Realloc request = new Realloc(oldPointer, oldSize, alignment, newSize);
        reallocs.add(request);
        return allocator.applyAsInt(request);
    }

    @Override
    public Object liftOwn(ResourceType type, int handle) {
        Object value = liftBorrow(type, handle);
        handles.set(handle, null);
        return value;
    }

    @Override
    public Object liftBorrow(ResourceType type, int handle) {
        if (handle < 0 || handle >= handles.size() || handles.get(handle) == null) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "unknown handle index " + handle);
        }
        return handles.get(handle);
    }

    @Override
    public int lowerOwn(ResourceType type, Object value) {
        handles.add(value);
        return handles.size() - 1;
    }

    @Override
    public int lowerBorrow(ResourceType type, Object value) {
        return lowerOwn(type, value);
    }

    @Override
    public Object liftAsyncValue(ValueType type, Optional<Codec> element, int handle) {
        return liftOwn(null, handle);
    }

    @Override
    public int lowerAsyncValue(ValueType type, Optional<Codec> element, Object value) {
        return lowerOwn(null, value);
    }

    @Override
    public ErrorContext liftErrorContext(int handle) {
        return (ErrorContext) liftBorrow(null, handle);
    }

    @Override
    public int lowerErrorContext(ErrorContext value) {
        return lowerOwn(null, value);
    }

    @Override
    public long liftLimit() {
        return liftLimit;
    }

    @Override
    public void close() {
        arena.close();
    }
}
