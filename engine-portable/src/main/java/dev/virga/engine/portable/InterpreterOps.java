package dev.virga.engine.portable;

import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.util.Deque;
import java.util.List;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.MStack;
import run.endive.runtime.StackFrame;
import run.endive.wasm.types.ValType;

/**
 * What {@link Interpreter} calls instead of Endive's own methods of the same name, with an instruction's
 * operands at the end. It is public only because that class lies in Endive's package.
 */
public final class InterpreterOps {

    private InterpreterOps() {}

    /** Pops a base; the effective address, unsigned (core specification, section 4.4.7). Endive's traps above 2 GiB. */
    public static int readMemPtr(MStack stack, long alignment, long offset) {
        long address = Integer.toUnsignedLong((int) stack.pop()) + offset;
        if (address > GuestOps.MAX_ADDRESS) {
            throw new GuestTrap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        }
        return (int) address;
    }

    // The next two stand for those of i32 too; Endive's forget to look whether the address wraps around.

    public static void I64_STORE8(MStack stack, Instance instance, long alignment, long offset, long memory) {
        byte value = (byte) stack.pop();
        instance.memory((int) memory).writeByte(readMemPtr(stack, alignment, offset), value);
    }

    public static void I64_STORE32(MStack stack, Instance instance, long alignment, long offset, long memory) {
        int value = (int) stack.pop();
        instance.memory((int) memory).writeI32(readMemPtr(stack, alignment, offset), value);
    }

    /** Endive's copies from one memory to another by way of an array in the Java heap. */
    public static void MEMORY_COPY(MStack stack, Instance instance, long to, long from) {
        int size = (int) stack.pop();
        int source = (int) stack.pop();
        int target = (int) stack.pop();
        GuestOps.memoryCopy(target, source, size, instance.memory((int) to), instance.memory((int) from));
    }

    /** Endive's takes the data from the memory, but it is the instance's. */
    public static void MEMORY_INIT(MStack stack, Instance instance, long segment, long memory) {
        int size = (int) stack.pop();
        int source = (int) stack.pop();
        int target = (int) stack.pop();
        GuestOps.memoryInit(target, source, size, (int) segment, instance.memory((int) memory), instance);
    }

    /** Endive's takes the caller's type index for one of the callee's module. */
    public static void CALL_INDIRECT(MStack stack, Instance caller, Deque<StackFrame> frames, long type, long table)
            throws Throwable {
        Shaded.checkInterruption();
        int element = (int) stack.pop();
        Instance callee = GuestOps.callee(caller, (int) table, element);
        MethodHandle code = GuestOps.code(caller, callee, (int) table, element, (int) type);
        Signature signature = ((GuestMachine) caller.getMachine()).module().typeSignature((int) type);
        List<ValType> params = signature.endive().params();
        long[] args = new long[params.size()];
        Object[] references = signature.endive().hasObjectRefParams() ? new Object[args.length] : null;
        for (int i = args.length - 1; i >= 0; i--) {
            if (params.get(i).isObjectRef()) {
                references[i] = stack.popRef();
            } else {
                args[i] = stack.pop();
            }
        }
        int function = ((GuestTable) caller.table((int) table)).callable(element);
        GuestMachine machine = (GuestMachine) callee.getMachine();
        List<ValType> returns = signature.endive().returns();
        if (machine.isForeign(function) || !machine.isSharedWith((GuestMachine) caller.getMachine(), signature)) {
            push(stack, ImportBridge.call(code, signature, args, references, machine.memory(), callee), returns);
        } else if (signature.endive().hasObjectRefReturns()) {
            push(stack, machine.callWithRefs(function, args, references), returns);
        } else {
            push(stack, machine.call(function, args, references));
        }
    }

    private static void push(MStack stack, long[] results) {
        for (int i = 0; results != null && i < results.length; i++) {
            stack.push(results[i]);
        }
    }

    private static void push(MStack stack, CallResult result, List<ValType> returns) {
        for (int i = 0; i < returns.size(); i++) {
            if (returns.get(i).isObjectRef()) {
                stack.pushRef(result.refResult(i));
            } else {
                stack.push(result.longResult(i));
            }
        }
    }
}
