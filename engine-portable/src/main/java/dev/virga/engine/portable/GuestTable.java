package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.Limits;
import dev.virga.engine.TableType;
import dev.virga.engine.Trap;
import java.util.OptionalLong;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.Value;

/** A table of a guest. A function is held as an instance and an index in it. */
final class GuestTable extends TableInstance {

    /** As in browsers and other engines. */
    static final long MAX_ELEMENTS = 10_000_000;
    /** An index, an instance and an object. */
    private static final long ELEMENT_BYTES = 12;

    private final TableType type;
    private final PortableStore store;
    private final View view = new View();
    private long charged;

    private GuestTable(TableType type, Table table, int initial, PortableStore store) {
        super(table, initial);
        this.type = type;
        this.store = store;
        this.charged = table.limits().min() * ELEMENT_BYTES;
    }

    /**
     * A table of a module. Endive keeps a table's size in the module's own limits, so they are copied.
     *
     * @throws Trap if it is too large or the limiter refuses it
     */
    static GuestTable of(Table table, int initial, PortableStore store) {
        long min = table.limits().min();
        if (min > MAX_ELEMENTS || !store.limiter().reserve(min * ELEMENT_BYTES)) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: table of " + min + " elements");
        }
        long max = table.limits().max();
        TableType type = new TableType(
                (dev.virga.engine.ValType.Ref) Signature.valType(table.elementType()),
                new Limits(min, max >= TableLimits.LIMIT_MAX ? OptionalLong.empty() : OptionalLong.of(max), false));
        Table copy = new Table(table.elementType(), new TableLimits(min, max), table.initialize());
        return store.add(new GuestTable(type, copy, initial, store));
    }

    static GuestTable ofHost(TableType type, PortableStore store) {
        TableLimits limits = new TableLimits(
                type.limits().min(), type.limits().max().orElse(TableLimits.LIMIT_MAX));
        return of(new Table(HostTypes.valType(type.element()), limits), Value.REF_NULL_VALUE, store);
    }

    void close() {
        store.limiter().release(charged);
        charged = 0;
    }

    static GuestTable of(Extern.Table view) {
        return ((View) view).table();
    }

    Extern.Table view() {
        return view;
    }

    /** The instance of the function at an element; a null element is refused later. */
    Instance callee(int element, Instance caller) {
        if (Integer.compareUnsigned(element, super.size()) >= 0) {
            throw new GuestTrap(Trap.Kind.UNDEFINED_ELEMENT);
        }
        Instance instance = instance(element);
        return instance == null ? caller : instance;
    }

    /** The function at an element that is in bounds. */
    int callable(int element) {
        int function = ref(element);
        if (function == Value.REF_NULL_VALUE) {
            throw new GuestTrap(Trap.Kind.UNINITIALIZED_ELEMENT);
        }
        return function;
    }

    @Override
    public int grow(int size, int value, Instance instance) {
        return reserve(size) ? super.grow(size, value, instance) : -1;
    }

    @Override
    public int growWithRef(int size, Object value, Instance instance) {
        return reserve(size) ? super.growWithRef(size, value, instance) : -1;
    }

    private boolean reserve(int size) {
        long after = super.size() + Integer.toUnsignedLong(size);
        long bytes = Integer.toUnsignedLong(size) * ELEMENT_BYTES;
        if (after > Math.min(limits().max(), MAX_ELEMENTS) || !store.limiter().reserve(bytes)) {
            return false;
        }
        charged += bytes;
        return true;
    }

    private Object element(int index) {
        if (elementType().isObjectRef()) {
            return objRef(index);
        }
        int function = ref(index);
        return function == Value.REF_NULL_VALUE ? null : machine(index).toReference(function);
    }

    private GuestMachine machine(int index) {
        return (GuestMachine) instance(index).getMachine();
    }

    /** The function reference at an element as an instance has it. */
    int index(int element, Instance reader) {
        if (Integer.compareUnsigned(element, super.size()) >= 0) {
            throw new GuestTrap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
        }
        int function = ref(element);
        Instance owner = instance(element);
        return function == Value.REF_NULL_VALUE || owner == reader
                ? function
                : ((GuestMachine) reader.getMachine()).toIndex(machine(element).toReference(function));
    }

    private void set(int index, Object value) {
        if (elementType().isObjectRef()) {
            setObjRef(index, value, null);
            return;
        }
        switch (value) {
            case null -> setRef(index, Value.REF_NULL_VALUE, null);
            case GuestFunction function ->
                setRef(index, function.index(), function.machine().instance());
            case HostFunction function -> set(index, store.cell(function));
            default -> throw new IllegalArgumentException("no function of this engine: " + value);
        }
    }

    /** The table as the host sees it. */
    private final class View implements Extern.Table {

        GuestTable table() {
            return GuestTable.this;
        }

        @Override
        public TableType type() {
            return type;
        }

        @Override
        public long size() {
            return GuestTable.this.size();
        }

        @Override
        public Object get(long index) {
            return element(checked(index));
        }

        @Override
        public void set(long index, Object value) {
            GuestTable.this.set(checked(index), value);
        }

        @Override
        public long grow(long elements, Object value) {
            if (elements < 0 || elements > MAX_ELEMENTS) {
                return -1;
            }
            int before = GuestTable.this.grow((int) elements, Value.REF_NULL_VALUE, null);
            if (before >= 0 && value != null) {
                for (int i = before; i < GuestTable.this.size(); i++) {
                    GuestTable.this.set(i, value);
                }
            }
            return before;
        }

        private int checked(long index) {
            if (index < 0 || index >= size()) {
                throw new Trap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
            }
            return (int) index;
        }
    }
}
