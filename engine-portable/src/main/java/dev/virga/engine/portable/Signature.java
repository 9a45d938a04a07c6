package dev.virga.engine.portable;

import dev.virga.engine.FuncType;
import dev.virga.engine.HeapType;
import dev.virga.engine.ValType;
import java.lang.invoke.MethodType;
import java.util.List;
import run.endive.wasm.types.FunctionType;

/**
 * A function type in three forms.
 *
 * @param type as the engine's interface has it
 * @param endive as Endive has it
 * @param compiled the Java type of the compiled function, without memory and instance: function
 *     references are ints, several results a {@code long[]} or {@code Object[]}, and more
 *     parameters than Java allows one {@code long[]}
 */
record Signature(FuncType type, FunctionType endive, MethodType compiled) {

    /** Endive leaves two of Java's 255 slots to memory and instance. */
    private static final int MAX_PARAMETER_SLOTS = 253;

    static Signature of(FunctionType endive) {
        FuncType type = new FuncType(valTypes(endive.params()), valTypes(endive.returns()));
        return new Signature(type, endive, MethodType.methodType(result(endive), parameters(endive)));
    }

    /** Whether compiled functions and the interface carry the values in the same way. */
    boolean isPlain() {
        return !hasIntReferences() && endive.returns().size() <= 1 && !isSpread();
    }

    /** Whether all parameters are in one array. */
    boolean isSpread() {
        return compiled.parameterCount() != endive.params().size()
                || compiled.parameterCount() == 1 && compiled.parameterType(0) == long[].class;
    }

    /** Whether there are function references, which are numbers that mean something to one instance only. */
    boolean hasIntReferences() {
        return endive.params().stream().anyMatch(Signature::isIntReference)
                || endive.returns().stream().anyMatch(Signature::isIntReference);
    }

    static boolean isIntReference(run.endive.wasm.types.ValType type) {
        return type.isReference() && !type.isObjectRef();
    }

    private static Class<?>[] parameters(FunctionType type) {
        Class<?>[] types = type.params().stream().map(Signature::carrier).toArray(Class<?>[]::new);
        int slots = 0;
        for (Class<?> parameter : types) {
            slots += parameter == long.class || parameter == double.class ? 2 : 1;
        }
        return slots > MAX_PARAMETER_SLOTS ? new Class<?>[] {long[].class} : types;
    }

    private static Class<?> result(FunctionType type) {
        return switch (type.returns().size()) {
            case 0 -> void.class;
            case 1 -> carrier(type.returns().getFirst());
            default -> type.hasObjectRefReturns() ? Object[].class : long[].class;
        };
    }

    private static Class<?> carrier(run.endive.wasm.types.ValType type) {
        if (type.isReference()) {
            return type.isObjectRef() ? Object.class : int.class;
        }
        return valType(type).carrier();
    }

    private static List<ValType> valTypes(List<run.endive.wasm.types.ValType> types) {
        return types.stream().map(Signature::valType).toList();
    }

    static ValType valType(run.endive.wasm.types.ValType type) {
        return switch (type.opcode()) {
            case run.endive.wasm.types.ValType.ID.I32 -> ValType.Num.I32;
            case run.endive.wasm.types.ValType.ID.I64 -> ValType.Num.I64;
            case run.endive.wasm.types.ValType.ID.F32 -> ValType.Num.F32;
            case run.endive.wasm.types.ValType.ID.F64 -> ValType.Num.F64;
            case run.endive.wasm.types.ValType.ID.V128 -> ValType.Num.V128;
            default -> new ValType.Ref(type.isNullable(), heapType(type));
        };
    }

    private static HeapType heapType(run.endive.wasm.types.ValType type) {
        int index = type.typeIdx();
        return index >= 0 ? new HeapType.Defined(index) : switch (index) {
            case -12 -> HeapType.Abstract.NOEXN;
            case -13 -> HeapType.Abstract.NOFUNC;
            case -14 -> HeapType.Abstract.NOEXTERN;
            case -15 -> HeapType.Abstract.NONE;
            case -16 -> HeapType.Abstract.FUNC;
            case -17 -> HeapType.Abstract.EXTERN;
            case -18 -> HeapType.Abstract.ANY;
            case -19 -> HeapType.Abstract.EQ;
            case -20 -> HeapType.Abstract.I31;
            case -21 -> HeapType.Abstract.STRUCT;
            case -22 -> HeapType.Abstract.ARRAY;
            default -> HeapType.Abstract.EXN;
        };
    }
}
