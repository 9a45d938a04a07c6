package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.TableType;
import dev.virga.engine.Trap;

/** A table. Its base and size stand where generated code reads them. */
final class NativeTable implements Extern.Table {

    /** As in browsers and other engines. */
    private static final long MAX_ELEMENTS = 10_000_000;
    private static final long ELEMENT_BYTES = 8;

    private final TableType type;
    private final NativeStore store;
    private final long pair;
    private final long max;
    private long capacity;

    /**
     * @param pair the address of base and size
     * @throws Trap if the table is too large or the limiter refuses it
     */
    NativeTable(TableType type, NativeStore store, long pair) {
        this.type = type;
        this.store = store;
        this.pair = pair;
        this.max = Math.min(type.limits().max().orElse(MAX_ELEMENTS), MAX_ELEMENTS);
        long min = type.limits().min();
        if (min < 0 || min > MAX_ELEMENTS) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY,
                    "allocation refused: table of " + Long.toUnsignedString(min) + " elements");
        }
        capacity = min;
        Raw.putLong(pair, min == 0 ? 0 : store.allocate(min * ELEMENT_BYTES));
        Raw.putLong(pair + 8, min);
    }

    long pair() {
        return pair;
    }

    NativeStore store() {
        return store;
    }

    @Override
    public TableType type() {
        return type;
    }

    @Override
    public long size() {
        return Raw.getLong(pair + 8);
    }

    private long element(long index) {
        return Raw.getLong(pair) + index * ELEMENT_BYTES;
    }

    @Override
    public Object get(long index) {
        check(index, 1);
        return store.lift(Raw.getLong(element(index)), type.element());
    }

    @Override
    public void set(long index, Object value) {
        check(index, 1);
        Raw.putLong(element(index), store.lower(value, type.element()));
    }

    @Override
    public long grow(long elements, Object value) {
        return growRaw(elements, store.lower(value, type.element()));
    }

    /** As {@link #grow}, with an element as generated code has it. */
    long growRaw(long elements, long value) {
        long size = size();
        if (elements < 0 || elements > max - size) {
            return -1;
        }
        long after = size + elements;
        if (after > capacity) {
            long larger = Math.min(max, Math.max(after, capacity * 2));
            try {
                long place = store.allocate(larger * ELEMENT_BYTES);
                Raw.copy(Raw.getLong(pair), place, size * ELEMENT_BYTES);
                Raw.putLong(pair, place);
                capacity = larger;
            } catch (Trap refused) {
                return -1;
            }
        }
        Raw.putLong(pair + 8, after);
        fillRaw(size, value, elements);
        return size;
    }

    void fillRaw(long at, long value, long length) {
        check(at, length);
        for (long i = 0; i < length; i++) {
            Raw.putLong(element(at + i), value);
        }
    }

    void copyRaw(long to, NativeTable from, long at, long length) {
        from.check(at, length);
        check(to, length);
        Raw.copy(from.element(at), element(to), length * ELEMENT_BYTES);
    }

    /** Writes elements as generated code has them. */
    void initRaw(long to, long[] elements, long at, long length) {
        if (at < 0 || length < 0 || at > elements.length - length) {
            throw new Trap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
        }
        check(to, length);
        for (long i = 0; i < length; i++) {
            Raw.putLong(element(to + i), elements[(int) (at + i)]);
        }
    }

    private void check(long at, long length) {
        long size = size();
        if (at < 0 || length < 0 || at > size - length) {
            throw new Trap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
        }
    }
}
