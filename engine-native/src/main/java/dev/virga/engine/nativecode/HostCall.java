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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The way from a guest to the host: one generated subclass for each function type. */
abstract class HostCall {

    private static final Map<FuncType, HostCall> MADE = new ConcurrentHashMap<>();
    private static final ClassDesc SELF = SlotCode.desc(HostCall.class);
    private static final ClassDesc HANDLE = SlotCode.desc(MethodHandle.class);
    private static final ClassDesc STORE = SlotCode.desc(NativeStore.class);
    private static final MethodTypeDesc INIT =
            MethodTypeDesc.of(ConstantDescs.CD_void, SlotCode.desc(FuncType.class));
    private static final MethodTypeDesc CALL =
            MethodTypeDesc.of(ConstantDescs.CD_void, HANDLE, STORE, ConstantDescs.CD_long);

    private final FuncType type;

    HostCall(FuncType type) {
        this.type = type;
    }

    /** Calls the target with the arguments in the slots, and writes its results there. */
    abstract void call(MethodHandle target, NativeStore store, long slots) throws Throwable;

    /** Writes several results. */
    final void putResults(Object[] values, NativeStore store, long slots) {
        Slots.write(type.results(), values, store, slots);
    }

    static HostCall of(FuncType type) {
        return MADE.computeIfAbsent(type, HostCall::generate);
    }

    private static HostCall generate(FuncType type) {
        byte[] bytes = ClassFile.of().build(ClassDesc.of(HostCall.class.getPackageName(), "HostCallOf"), builder -> {
            builder.withSuperclass(SELF).withFlags(ClassFile.ACC_FINAL);
            builder.withMethodBody(ConstantDescs.INIT_NAME, INIT, 0, code -> code.aload(0).aload(1)
                    .invokespecial(SELF, ConstantDescs.INIT_NAME, INIT).return_());
            builder.withMethodBody("call", CALL, 0, code -> body(code, type));
        });
        try {
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (HostCall) made.findConstructor(made.lookupClass(), MethodType.methodType(void.class, FuncType.class))
                    .invoke(type);
        } catch (Throwable e) {
            throw new IllegalStateException("the host call for " + type + " does not link", e);
        }
    }

    private static void body(CodeBuilder code, FuncType type) {
        int handle = 1;
        int store = 2;
        int slots = 3;
        code.aload(handle);
        int offset = 0;
        for (ValType param : type.params()) {
            if (param instanceof ValType.Ref ref) {
                code.aload(store);
                SlotCode.address(code, slots, offset);
                SlotCode.get(code, param);
                code.loadConstant(NativeStore.isFunction(ref) ? 1 : 0).invokevirtual(STORE, "lift",
                        MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_long, ConstantDescs.CD_boolean));
            } else {
                SlotCode.address(code, slots, offset);
                SlotCode.get(code, param);
            }
            offset += Slots.bytes(param);
        }
        code.invokevirtual(HANDLE, "invokeExact", type.methodType().describeConstable().orElseThrow());
        TypeKind kind = TypeKind.from(type.methodType().returnType());
        if (kind != TypeKind.VOID) {
            int result = code.allocateLocal(kind);
            code.storeLocal(kind, result);
            result(code, type, store, slots, kind, result);
        }
        code.return_();
    }

    private static void result(CodeBuilder code, FuncType type, int store, int slots, TypeKind kind, int result) {
        if (type.results().size() > 1) {
            code.aload(0).aload(result).aload(store).lload(slots).invokevirtual(SELF, "putResults",
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object.arrayType(), STORE,
                            ConstantDescs.CD_long));
            return;
        }
        ValType single = type.results().getFirst();
        code.lload(slots);
        if (single instanceof ValType.Ref ref) {
            code.aload(store).aload(result).loadConstant(NativeStore.isFunction(ref) ? 1 : 0).invokevirtual(
                    STORE, "lower",
                    MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_Object, ConstantDescs.CD_boolean));
        } else {
            code.loadLocal(kind, result);
        }
        SlotCode.put(code, single);
    }
}
