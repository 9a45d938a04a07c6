package dev.virga.component.runtime;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A class that implements a Java interface by method handles: {@code (root, resource, parameters) →
 * result}. It is hidden in the interface's own package, where all types of its signatures are visible.
 */
final class InterfaceClass {

    private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    private static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(ConstantDescs.CD_void, OBJECT, OBJECT);
    private static final DirectMethodHandleDesc CLASS_DATA_AT = MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            ConstantDescs.CD_MethodHandles,
            "classDataAt",
            MethodTypeDesc.of(
                    OBJECT,
                    ConstantDescs.CD_MethodHandles_Lookup,
                    ConstantDescs.CD_String,
                    ConstantDescs.CD_Class,
                    ConstantDescs.CD_int));

    private final ClassDesc self;
    private final Class<?> api;

    private InterfaceClass(Class<?> api) {
        this.api = api;
        this.self = ClassDesc.of(api.getPackageName(), api.getSimpleName() + "OfGuest");
    }

    /**
     * Makes the class.
     *
     * @param methods the interface's methods; the handle for {@code close} of a resource is its own
     * @return a lookup in it: its constructor takes the root and the resource, its field {@code resource} has that
     */
    static MethodHandles.Lookup define(Class<?> api, Map<Method, MethodHandle> methods) throws IllegalAccessException {
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(api, MethodHandles.lookup());
        List<MethodHandle> handles = new ArrayList<>();
        byte[] bytes = new InterfaceClass(api).build(methods, handles);
        return inside.defineHiddenClassWithClassData(bytes, List.copyOf(handles), true);
    }

    private byte[] build(Map<Method, MethodHandle> methods, List<MethodHandle> handles) {
        return ClassFile.of().build(self, builder -> {
            builder.withFlags(ACC_FINAL | ACC_SYNTHETIC).withInterfaceSymbols(desc(api));
            builder.withField("root", OBJECT, ACC_PRIVATE | ACC_FINAL);
            builder.withField("resource", OBJECT, ACC_PRIVATE | ACC_FINAL);
            builder.withMethodBody(ConstantDescs.INIT_NAME, CONSTRUCTOR, 0, this::construct);
            methods.forEach((method, handle) -> implement(builder, method, handle, handles));
        });
    }

    private void construct(CodeBuilder code) {
        code.aload(0).invokespecial(OBJECT, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .aload(0).aload(1).putfield(self, "root", OBJECT)
                .aload(0).aload(2).putfield(self, "resource", OBJECT)
                .return_();
    }

    private void implement(ClassBuilder builder, Method method, MethodHandle handle, List<MethodHandle> handles) {
        MethodType signature = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        MethodType called = signature.insertParameterTypes(0, Object.class, Object.class);
        DynamicConstantDesc<?> constant = DynamicConstantDesc.ofNamed(
                CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, ConstantDescs.CD_MethodHandle, handles.size());
        handles.add(handle.asType(called));
        builder.withMethodBody(method.getName(), desc(signature), ACC_PUBLIC, code -> {
            code.ldc(constant)
                    .aload(0).getfield(self, "root", OBJECT)
                    .aload(0).getfield(self, "resource", OBJECT);
            for (int i = 0; i < signature.parameterCount(); i++) {
                code.loadLocal(TypeKind.from(signature.parameterType(i)), code.parameterSlot(i));
            }
            code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", desc(called))
                    .return_(TypeKind.from(signature.returnType()));
        });
    }

    private static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    private static MethodTypeDesc desc(MethodType type) {
        return MethodTypeDesc.ofDescriptor(type.toMethodDescriptorString());
    }
}
