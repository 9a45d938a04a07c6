package dev.virga.engine.portable;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Throwable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/**
 * The way from the host into compiled code: one stub for each Java type of compiled functions,
 * which enters the store, calls, and leaves again. It is generated, since combined method handles
 * are several times slower.
 */
final class Entries {

    private static final Map<MethodType, MethodHandle> STUBS = new ConcurrentHashMap<>();
    private static final ClassDesc FUNCTION = desc(GuestFunction.class);
    private static final ClassDesc MEMORY = desc(Memory.class);
    private static final ClassDesc INSTANCE = desc(Instance.class);
    private static final String NAME = "call";

    private Entries() {}

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /** From {@code (P…)R} makes the stub {@code (GuestFunction, P…)R}. */
    static MethodHandle of(MethodType compiled) {
        return STUBS.computeIfAbsent(compiled, Entries::generate);
    }

    private static MethodHandle generate(MethodType compiled) {
        MethodType type = compiled.insertParameterTypes(0, GuestFunction.class);
        byte[] bytes = bytes(compiled, type);
        try {
            MethodHandles.Lookup stub = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return stub.findStatic(stub.lookupClass(), NAME, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the entry stub for " + compiled + " does not link", e);
        }
    }

    private static byte[] bytes(MethodType compiled, MethodType type) {
        MethodTypeDesc target = compiled.appendParameterTypes(Memory.class, Instance.class)
                .describeConstable().orElseThrow();
        TypeKind result = TypeKind.from(compiled.returnType());
        ClassDesc self = ClassDesc.of(Entries.class.getPackageName(), "Entry");
        return ClassFile.of().build(self, builder -> builder.withMethodBody(
                NAME, type.describeConstable().orElseThrow(), ClassFile.ACC_STATIC, code -> {
                    code.aload(0).invokevirtual(FUNCTION, "enter", ConstantDescs.MTD_void);
                    code.trying(
                            body -> {
                                body.aload(0).invokevirtual(FUNCTION, "code", MethodTypeDesc.of(CD_MethodHandle));
                                for (int i = 0; i < compiled.parameterCount(); i++) {
                                    body.loadLocal(
                                            TypeKind.from(compiled.parameterType(i)), body.parameterSlot(i + 1));
                                }
                                body.aload(0).invokevirtual(FUNCTION, "memory", MethodTypeDesc.of(MEMORY));
                                body.aload(0).invokevirtual(FUNCTION, "instance", MethodTypeDesc.of(INSTANCE));
                                body.invokevirtual(CD_MethodHandle, "invokeExact", target);
                                body.aload(0).invokevirtual(FUNCTION, "leave", ConstantDescs.MTD_void);
                                body.return_(result);
                            },
                            handlers -> handlers.catchingAll(handler -> {
                                int thrown = handler.allocateLocal(TypeKind.REFERENCE);
                                handler.astore(thrown).aload(0).aload(thrown);
                                handler.invokevirtual(
                                        FUNCTION, "failed", MethodTypeDesc.of(CD_Throwable, CD_Throwable));
                                handler.athrow();
                            }));
                }));
    }
}
