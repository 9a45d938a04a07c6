package dev.virga.engine.portable;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.virga.engine.Extern;
import dev.virga.engine.Limiter;
import dev.virga.engine.MemoryType;
import dev.virga.engine.Trap;
import dev.virga.engine.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import run.endive.runtime.Instance;
import run.endive.wasm.types.DataSegment;

/**
 * A linear memory over native memory, for compiled code, the interpreter and the host alike. Every
 * access is checked by the segment, whose bounds are exactly the memory's size. Compiled code
 * comes in through {@link GuestOps} with 64-bit addresses; the methods of Endive's interface take
 * 32-bit ones, which are unsigned.
 */
final class LinearMemory implements run.endive.runtime.Memory, Extern.Memory {

    static final long PAGE = 65_536;
    /** All that 32 bits address. */
    static final long MAX_PAGES = 65_536;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final MemoryType type;
    private final Limiter limiter;
    private final long maxPages;
    private MemorySource.Block block;
    private MemorySegment segment;

    /** @throws Trap if the limiter refuses the memory's initial size */
    LinearMemory(MemoryType type, MemorySource source, Limiter limiter) {
        this.type = type;
        this.limiter = limiter;
        this.maxPages = maxPages(type);
        long pages = type.limits().min();
        if (pages > MAX_PAGES || !limiter.reserve(pages * PAGE)) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: memory of " + pages + " pages");
        }
        try {
            block = source.take(pages * PAGE);
        } catch (OutOfMemoryError e) {
            limiter.release(pages * PAGE);
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: no native memory left");
        }
        segment = block.segment().asSlice(0, pages * PAGE);
    }

    static long maxPages(MemoryType type) {
        return Math.min(type.limits().max().orElse(MAX_PAGES), MAX_PAGES);
    }

    /** Frees the memory; what was its segment must not be used after. */
    void close() {
        if (block != null) {
            long used = segment.byteSize();
            segment = MemorySegment.NULL;
            block.release(used);
            block = null;
            limiter.release(used);
        }
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
        long before = segment.byteSize();
        if (pages < 0 || pages > maxPages - before / PAGE || !limiter.reserve(pages * PAGE)) {
            return -1;
        }
        long after = before + pages * PAGE;
        if (block.segment().byteSize() < after) {
            try {
                block = block.resize(before, after);
            } catch (OutOfMemoryError e) {
                limiter.release(pages * PAGE);
                return -1;
            }
        }
        segment = block.segment().asSlice(0, after);
        return before / PAGE;
    }

    private static GuestTrap outOfBounds() {
        return new GuestTrap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
    }

    byte getByte(long address) {
        try {
            return segment.get(BYTE, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    short getShort(long address) {
        try {
            return segment.get(SHORT, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    int getInt(long address) {
        try {
            return segment.get(INT, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    long getLong(long address) {
        try {
            return segment.get(LONG, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    float getFloat(long address) {
        try {
            return segment.get(FLOAT, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    double getDouble(long address) {
        try {
            return segment.get(DOUBLE, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void setByte(long address, byte value) {
        try {
            segment.set(BYTE, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void setShort(long address, short value) {
        try {
            segment.set(SHORT, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void setInt(long address, int value) {
        try {
            segment.set(INT, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void setLong(long address, long value) {
        try {
            segment.set(LONG, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void setFloat(long address, float value) {
        try {
            segment.set(FLOAT, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void setDouble(long address, double value) {
        try {
            segment.set(DOUBLE, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    void fill(long address, byte value, long size) {
        try {
            segment.asSlice(address, size).fill(value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    static void copy(LinearMemory to, long target, LinearMemory from, long source, long size) {
        try {
            MemorySegment.copy(from.segment, source, to.segment, target, size);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    /** Copies from a data segment ({@code memory.init}). */
    void init(byte[] data, long source, long target, long size) {
        if (source + size > data.length || target + size > segment.byteSize()) {
            throw outOfBounds();
        }
        MemorySegment.copy(data, (int) source, segment, BYTE, target, (int) size);
    }

    // From here on: what Endive's interpreter and instances call.

    @Override
    public int pages() {
        return (int) (segment.byteSize() / PAGE);
    }

    @Override
    public int grow(int size) {
        return (int) grow(Integer.toUnsignedLong(size));
    }

    @Override
    public int initialPages() {
        return (int) type.limits().min();
    }

    @Override
    public int maximumPages() {
        return (int) maxPages;
    }

    @Override
    public boolean shared() {
        return type.shared();
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings("removal")
    public Object lock(int address) {
        return this;
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        return getInt(Integer.toUnsignedLong(address)) == expected ? sleep(timeout) : 1;
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        return getLong(Integer.toUnsignedLong(address)) == expected ? sleep(timeout) : 1;
    }

    /** A store runs on one thread at a time, so nobody can notify: the wait ends by its timeout. */
    private int sleep(long nanos) {
        if (!shared()) {
            throw new GuestTrap(Trap.Kind.EXPECTED_SHARED_MEMORY);
        }
        try {
            Thread.sleep(nanos < 0 ? java.time.Duration.ofDays(10_000) : java.time.Duration.ofNanos(nanos));
            return 2;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GuestTrap(Trap.Kind.INTERRUPTED);
        }
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        getInt(Integer.toUnsignedLong(address));
        return 0;
    }

    /** Active segments are in the image already, and passive ones are the instance's, whoever's the memory is. */
    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {}

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        throw new UnsupportedOperationException("a memory has no data segments");
    }

    @Override
    public void drop(int segment) {
        throw new UnsupportedOperationException("a memory has no data segments");
    }

    @Override
    public void write(int addr, byte[] data, int offset, int size) {
        init(data, Integer.toUnsignedLong(offset), Integer.toUnsignedLong(addr), Integer.toUnsignedLong(size));
    }

    @Override
    public byte[] readBytes(int addr, int len) {
        try {
            return segment.asSlice(Integer.toUnsignedLong(addr), Integer.toUnsignedLong(len)).toArray(BYTE);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void copy(int dest, int src, int size) {
        copy(this, Integer.toUnsignedLong(dest), this, Integer.toUnsignedLong(src), Integer.toUnsignedLong(size));
    }

    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        long from = Integer.toUnsignedLong(fromIndex);
        fill(from, value, Integer.toUnsignedLong(toIndex - fromIndex));
    }

    /** A new memory is zero. */
    @Override
    public void zero() {}

    @Override
    public byte read(int addr) {
        return getByte(Integer.toUnsignedLong(addr));
    }

    @Override
    public void writeByte(int addr, byte data) {
        setByte(Integer.toUnsignedLong(addr), data);
    }

    @Override
    public short readShort(int addr) {
        return getShort(Integer.toUnsignedLong(addr));
    }

    @Override
    public long readU16(int addr) {
        return Short.toUnsignedLong(getShort(Integer.toUnsignedLong(addr)));
    }

    @Override
    public void writeShort(int addr, short data) {
        setShort(Integer.toUnsignedLong(addr), data);
    }

    @Override
    public int readInt(int addr) {
        return getInt(Integer.toUnsignedLong(addr));
    }

    @Override
    public void writeI32(int addr, int data) {
        setInt(Integer.toUnsignedLong(addr), data);
    }

    @Override
    public long readLong(int addr) {
        return getLong(Integer.toUnsignedLong(addr));
    }

    @Override
    public void writeLong(int addr, long data) {
        setLong(Integer.toUnsignedLong(addr), data);
    }

    @Override
    public long readF32(int addr) {
        return getInt(Integer.toUnsignedLong(addr));
    }

    @Override
    public float readFloat(int addr) {
        return getFloat(Integer.toUnsignedLong(addr));
    }

    @Override
    public void writeF32(int addr, float data) {
        setFloat(Integer.toUnsignedLong(addr), data);
    }

    @Override
    public long readF64(int addr) {
        return getLong(Integer.toUnsignedLong(addr));
    }

    @Override
    public double readDouble(int addr) {
        return getDouble(Integer.toUnsignedLong(addr));
    }

    @Override
    public void writeF64(int addr, double data) {
        setDouble(Integer.toUnsignedLong(addr), data);
    }
}
