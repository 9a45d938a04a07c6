package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.MemoryType;
import dev.virga.engine.Trap;
import dev.virga.engine.memory.MemorySource;
import java.lang.foreign.MemorySegment;

/** A linear memory. Its base and length stand where generated code reads them. */
final class NativeMemory implements Extern.Memory {

    static final long PAGE = 65_536;
    private static final long MAX_PAGES = 65_536;

    private final MemoryType type;
    private final NativeStore store;
    private final MemorySource.Block block;
    private final long pair;
    private final long maxPages;
    private MemorySegment segment;

    /**
     * @param pair the address of base and length
     * @throws Trap if the limiter or the system refuses the memory's initial size
     */
    NativeMemory(MemoryType type, MemorySource source, NativeStore store, long pair) {
        this.type = type;
        this.store = store;
        this.pair = pair;
        this.maxPages = maxPages(type);
        long pages = type.limits().min();
        if (pages > MAX_PAGES || !store.limiter().reserve(pages * PAGE)) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: memory of " + pages + " pages");
        }
        try {
            block = source.take(pages * PAGE);
        } catch (OutOfMemoryError e) {
            store.limiter().release(pages * PAGE);
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: " + e.getMessage());
        }
        segment = block.segment().asSlice(0, pages * PAGE);
        Raw.putLong(pair, segment.address());
        Raw.putLong(pair + 8, pages * PAGE);
        store.add(this);
    }

    static long maxPages(MemoryType type) {
        return Math.min(type.limits().max().orElse(MAX_PAGES), MAX_PAGES);
    }

    long pair() {
        return pair;
    }

    NativeStore store() {
        return store;
    }

    @Override
    public MemoryType type() {
        return type;
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public long grow(long pages) {
        store.requireOpen();
        long before = segment.byteSize();
        if (pages < 0 || pages > maxPages - before / PAGE || !store.limiter().reserve(pages * PAGE)) {
            return -1;
        }
        segment = block.segment().asSlice(0, before + pages * PAGE);
        Raw.putLong(pair + 8, segment.byteSize());
        return before / PAGE;
    }

    /** Gives the bytes back; nothing may use them after. */
    void close() {
        long used = segment.byteSize();
        segment = MemorySegment.NULL;
        block.release(used);
        store.limiter().release(used);
    }
}
