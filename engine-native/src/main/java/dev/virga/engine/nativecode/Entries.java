package dev.virga.engine.nativecode;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way from the host into a guest: one method for each function type, which writes the
 * arguments to the slots, runs the function and reads the result. It is generated, since combined
 * method handles are several times slower.
 */
final class Entries {

    private static final Map<FuncType, MethodHandle> METHODS = new ConcurrentHashMap<>();
    private static final ClassDesc FUNCTION = SlotCode.desc(NativeFunction.class);
    private static final ClassDesc FIBER = SlotCode.desc(Fiber.class);
    private static final String NAME = "call";

    private Entries() {}

    /** A handle which takes the {@link NativeFunction} and then what {@link FuncType#methodType()} says. */
    static MethodHandle of(FuncType type) {
        return METHODS.computeIfAbsent(type, Entries::generate);
    }

    private static MethodHandle generate(FuncType type) {
        MethodType method = type.methodType().insertParameterTypes(0, NativeFunction.class);
        byte[] bytes = ClassFile.of().build(ClassDesc.of(Entries.class.getPackageName(), "Entry"), builder ->
                builder.withMethodBody(NAME, method.describeConstable().orElseThrow(), ClassFile.ACC_STATIC,
                        code -> body(code, type)));
        try {
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return made.findStatic(made.lookupClass(), NAME, method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the entry for " + type + " does not link", e);
        }
    }

    private static void body(CodeBuilder code, FuncType type) {
        List<ValType> params = type.params();
        int fiber = code.allocateLocal(TypeKind.REFERENCE);
        int slots = code.allocateLocal(TypeKind.LONG);
        // References become numbers before the stack is entered, since that can fail.
        int[] values = new int[params.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = code.parameterSlot(i + 1);
            if (params.get(i) instanceof ValType.Ref ref) {
                int raw = code.allocateLocal(TypeKind.LONG);
                code.aload(0).aload(values[i]).loadConstant(NativeStore.isFunction(ref) ? 1 : 0)
                        .invokevirtual(FUNCTION, "lower",
                                MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_Object, ConstantDescs.CD_boolean))
                        .lstore(raw);
                values[i] = raw;
            }
        }
        code.aload(0).loadConstant(Math.max(Slots.bytes(params), Slots.bytes(type.results())))
                .invokevirtual(FUNCTION, "enter", MethodTypeDesc.of(FIBER, ConstantDescs.CD_int)).astore(fiber);
        code.aload(fiber).invokevirtual(FIBER, "slots", MethodTypeDesc.of(ConstantDescs.CD_long)).lstore(slots);
        int offset = 0;
        for (int i = 0; i < values.length; i++) {
            SlotCode.address(code, slots, offset);
            code.loadLocal(SlotCode.kind(params.get(i)), values[i]);
            SlotCode.put(code, params.get(i));
            offset += Slots.bytes(params.get(i));
        }
        code.aload(0).aload(fiber).lload(slots)
                .invokevirtual(FUNCTION, "run",
                        MethodTypeDesc.of(ConstantDescs.CD_void, FIBER, ConstantDescs.CD_long));
        TypeKind kind = TypeKind.from(type.methodType().returnType());
        int result = kind == TypeKind.VOID ? 0 : code.allocateLocal(kind);
        if (kind != TypeKind.VOID) {
            result(code, type, slots);
            code.storeLocal(kind, result);
        }
        code.aload(0).aload(fiber).invokevirtual(FUNCTION, "leave", MethodTypeDesc.of(ConstantDescs.CD_void, FIBER));
        if (kind != TypeKind.VOID) {
            code.loadLocal(kind, result);
        }
        code.return_(kind);
    }

    private static void result(CodeBuilder code, FuncType type, int slots) {
        if (type.results().size() > 1) {
            code.aload(0).lload(slots).invokevirtual(FUNCTION, "results",
                    MethodTypeDesc.of(ConstantDescs.CD_Object.arrayType(), ConstantDescs.CD_long));
        } else if (type.results().getFirst() instanceof ValType.Ref ref) {
            code.aload(0).lload(slots);
            SlotCode.get(code, ValType.Num.I64);
            code.loadConstant(NativeStore.isFunction(ref) ? 1 : 0).invokevirtual(FUNCTION, "lift",
                    MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_long, ConstantDescs.CD_boolean));
        } else {
            code.lload(slots);
            SlotCode.get(code, type.results().getFirst());
        }
    }
}
