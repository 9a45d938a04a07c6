package dev.virga.engine.portable;

import dev.virga.engine.ModuleException;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmException;

/**
 * What compiled guest code calls instead of Endive's own helpers of the same name and type. It is
 * public only because guest classes live in other class loaders.
 */
public final class GuestOps {

    static final long MAX_ADDRESS = 0xffff_ffffL;

    private GuestOps() {}

    /** The effective address is a 33-bit number (core specification, section 4.4.7). */
    private static long address(int base, int offset) {
        return Integer.toUnsignedLong(base) + Integer.toUnsignedLong(offset);
    }

    public static byte memoryReadByte(int base, int offset, Memory memory) {
        return ((LinearMemory) memory).getByte(address(base, offset));
    }

    public static short memoryReadShort(int base, int offset, Memory memory) {
        return ((LinearMemory) memory).getShort(address(base, offset));
    }

    public static int memoryReadInt(int base, int offset, Memory memory) {
        return ((LinearMemory) memory).getInt(address(base, offset));
    }

    public static long memoryReadLong(int base, int offset, Memory memory) {
        return ((LinearMemory) memory).getLong(address(base, offset));
    }

    public static float memoryReadFloat(int base, int offset, Memory memory) {
        return ((LinearMemory) memory).getFloat(address(base, offset));
    }

    public static double memoryReadDouble(int base, int offset, Memory memory) {
        return ((LinearMemory) memory).getDouble(address(base, offset));
    }

    public static void memoryWriteByte(int base, byte value, int offset, Memory memory) {
        ((LinearMemory) memory).setByte(address(base, offset), value);
    }

    public static void memoryWriteShort(int base, short value, int offset, Memory memory) {
        ((LinearMemory) memory).setShort(address(base, offset), value);
    }

    public static void memoryWriteInt(int base, int value, int offset, Memory memory) {
        ((LinearMemory) memory).setInt(address(base, offset), value);
    }

    public static void memoryWriteLong(int base, long value, int offset, Memory memory) {
        ((LinearMemory) memory).setLong(address(base, offset), value);
    }

    public static void memoryWriteFloat(int base, float value, int offset, Memory memory) {
        ((LinearMemory) memory).setFloat(address(base, offset), value);
    }

    public static void memoryWriteDouble(int base, double value, int offset, Memory memory) {
        ((LinearMemory) memory).setDouble(address(base, offset), value);
    }

    public static void memoryCopy(int target, int source, int size, Memory memory) {
        memoryCopy(target, source, size, memory, memory);
    }

    public static void memoryCopy(int target, int source, int size, Memory to, Memory from) {
        LinearMemory.copy((LinearMemory) to, Integer.toUnsignedLong(target),
                (LinearMemory) from, Integer.toUnsignedLong(source), Integer.toUnsignedLong(size));
    }

    public static void memoryFill(int target, byte value, int size, Memory memory) {
        ((LinearMemory) memory).fill(Integer.toUnsignedLong(target), value, Integer.toUnsignedLong(size));
    }

    /** Unlike Endive's, it takes the data from the instance, not from the memory. */
    public static void memoryInit(
            int target, int source, int size, int segment, Memory memory, Instance instance) {
        ((LinearMemory) memory).init(instance.dataSegmentData(segment),
                Integer.toUnsignedLong(source), Integer.toUnsignedLong(target), Integer.toUnsignedLong(size));
    }

    public static int memoryGrow(int pages, Memory memory) {
        return ((LinearMemory) memory).grow(pages);
    }

    public static int memoryPages(Memory memory) {
        return ((LinearMemory) memory).pages();
    }

    /** For atomic accesses: an unsigned address, of which Endive checks the alignment. */
    public static int getAddr(int base, int offset) {
        long address = address(base, offset);
        if (address > MAX_ADDRESS) {
            throw new GuestTrap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        }
        return (int) address;
    }

    public static int i32_ge_u(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
    }

    // Any NaN gives the canonical one (core specification, section 4.3.3); Java's hand on what they got.

    public static float F32_MIN(float a, float b) {
        return a != a || b != b ? Float.NaN : Math.min(a, b);
    }

    public static float F32_MAX(float a, float b) {
        return a != a || b != b ? Float.NaN : Math.max(a, b);
    }

    public static double F64_MIN(double a, double b) {
        return a != a || b != b ? Double.NaN : Math.min(a, b);
    }

    public static double F64_MAX(double a, double b) {
        return a != a || b != b ? Double.NaN : Math.max(a, b);
    }

    public static double F64_CEIL(double a) {
        return a != a ? Double.NaN : Math.ceil(a);
    }

    public static double F64_FLOOR(double a) {
        return a != a ? Double.NaN : Math.floor(a);
    }

    public static double F64_TRUNC(double a) {
        return a < 0 ? F64_CEIL(a) : F64_FLOOR(a);
    }

    public static float F32_CONVERT_I64_U(long a) {
        // Half of it is a signed number; the bit that is lost still counts where it decides a tie.
        return a >= 0 ? a : (float) (a >>> 1 | a & 1) * 2;
    }

    /** What an imported function calls: a compiled function, or one without memory and instance. */
    public static MethodHandle importedCode(Instance instance, int function) {
        return ((GuestMachine) instance.getMachine()).callee(function).code();
    }

    /** The instance of the compiled function that an imported one calls, or null if it calls no such one. */
    public static Instance importedInstance(Instance instance, int function) {
        return ((GuestMachine) instance.getMachine()).callee(function).instance();
    }

    /** After a function of the host threw: the exception to throw on. */
    public static Throwable importFailed(Throwable thrown, Instance instance) {
        return ((GuestMachine) instance.getMachine()).importFailed(thrown);
    }

    /** After a function of the host returned: it may have swallowed the interruption. */
    public static void importReturned(Instance instance) {
        ((GuestMachine) instance.getMachine()).store().checkInterrupted();
    }

    /** The instance in whose function a {@code call_indirect} ends. */
    public static Instance callee(Instance caller, int table, int element) {
        return ((GuestTable) caller.table(table)).callee(element, caller);
    }

    /** The compiled function that a {@code call_indirect} calls, if it is of the wanted type. */
    public static MethodHandle code(Instance caller, Instance callee, int table, int element, int type) {
        int function = ((GuestTable) caller.table(table)).callable(element);
        return ((GuestMachine) callee.getMachine()).code(function, type, (GuestMachine) caller.getMachine());
    }

    /** The memory that compiled code of this instance expects. */
    public static Memory memory(Instance instance) {
        return ((GuestMachine) instance.getMachine()).memory();
    }

    /** A {@code call_ref} of Endive 1.0.0 calls a function of its own instance. */
    public static MethodHandle ownCode(Instance caller, int function, int type) {
        GuestMachine machine = (GuestMachine) caller.getMachine();
        return machine.code(function, type, machine);
    }

    // A tail call is no call to Endive's compiler, so a loop of them would not see an interruption.

    public static void setTailCall(int function, long[] args, Instance instance) {
        setTailCallWithRefs(function, args, null, instance);
    }

    public static void setTailCallWithRefs(int function, long[] args, Object[] refArgs, Instance instance) {
        Shaded.checkInterruption();
        instance.setTailCall(function, args, refArgs);
    }

    public static void setTailCallIndirect(long[] args, int element, int type, int table, Instance instance) {
        setTailCallIndirectWithRefs(args, null, element, type, table, instance);
    }

    public static void setTailCallIndirectWithRefs(
            long[] args, Object[] refArgs, int element, int type, int table, Instance instance) {
        if (callee(instance, table, element) != instance) {
            throw new ModuleException.Unsupported("an indirect tail call into another instance");
        }
        code(instance, instance, table, element, type);
        setTailCallWithRefs(((GuestTable) instance.table(table)).callable(element), args, refArgs, instance);
    }

    // Endive takes the numbers of the next two for signed, and overlooks that their sum can be too large.

    public static Object arrayNewData(int source, int length, int type, int segment, Instance instance) {
        if (source < 0 || length < 0) {
            throw new GuestTrap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        }
        return Shaded.arrayNewData(source, length, type, segment, instance);
    }

    public static Object arrayNewElem(int source, int length, int type, int segment, Instance instance) {
        if (source < 0 || length < 0 || source + length < 0) {
            throw new GuestTrap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
        }
        return Shaded.arrayNewElem(source, length, type, segment, instance);
    }

    public static int tableGet(int element, int table, Instance instance) {
        return ((GuestTable) instance.table(table)).index(element, instance);
    }

    public static void tableSet(int element, int value, int table, Instance instance) {
        instance.table(table).setRef(element, value, instance);
    }

    // Endive takes the numbers of the next two for signed.

    public static void tableFillRef(int start, Object value, int length, int table, Instance instance) {
        checkElements(start, length, table, instance);
        Shaded.tableFillRef(start, value, length, table, instance);
    }

    public static void tableCopy(int target, int source, int length, int to, int from, Instance instance) {
        checkElements(target, length, to, instance);
        checkElements(source, length, from, instance);
        Shaded.tableCopy(target, source, length, to, from, instance);
    }

    private static void checkElements(int start, int length, int table, Instance instance) {
        if (Integer.toUnsignedLong(start) + Integer.toUnsignedLong(length) > instance.table(table).size()) {
            throw new GuestTrap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
        }
    }

    public static long readGlobal(int index, Instance instance) {
        GuestGlobal global = (GuestGlobal) instance.global(index);
        return global.isIntReference() ? global.index(instance) : global.getValue();
    }

    public static void writeGlobal(long value, int index, Instance instance) {
        GuestGlobal global = (GuestGlobal) instance.global(index);
        global.setValue(value);
        if (global.isIntReference()) {
            global.setInstance(instance);
        }
    }

    public static boolean exceptionMatches(WasmException thrown, int tag, Instance instance) {
        return thrown.instance().tag(thrown.tagIdx()) == instance.tag(tag);
    }
}
