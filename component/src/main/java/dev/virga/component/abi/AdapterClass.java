package dev.virga.component.abi;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * A class with one static method, generated for one function type. Codecs and the target stand in
 * static final fields, which the JIT takes for constants: it inlines from the core caller through to
 * the target. Java classes of values are erased to Object, for they may be invisible from here.
 */
abstract class AdapterClass {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc SELF = ClassDesc.of(AdapterClass.class.getPackageName(), "Adapter");
    private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
    private static final MethodTypeDesc CLASS_DATA = MethodTypeDesc.of(
            ConstantDescs.CD_Object,
            ConstantDescs.CD_MethodHandles_Lookup,
            ConstantDescs.CD_String,
            ConstantDescs.CD_Class);

    private final List<Object> constants = new ArrayList<>();
    private final List<Class<?>> constantTypes = new ArrayList<>();

    /** Emits the method's code. */
    abstract void body(CodeBuilder code);

    /** Pushes an object that is known now. */
    final void constant(CodeBuilder code, Object value) {
        int index = identityIndex(value);
        if (index < 0) {
            index = constants.size();
            constants.add(value);
            constantTypes.add(switch (value) {
                case SlotCodec slot -> SlotCodec.class;
                case RangeCodec range -> RangeCodec.class;
                case Codec codec -> Codec.class;
                default -> MethodHandle.class;
            });
        }
        code.getstatic(SELF, name(index), desc(constantTypes.get(index)));
    }

    /** Calls one of the context's methods without parameters. */
    static void event(CodeBuilder code, String name) {
        code.aload(0).invokeinterface(desc(LiftLowerContext.class), name, method(void.class));
    }

    /** The carrier as the generated code sees it. */
    static Class<?> erased(Codec codec) {
        return codec.carrier().isPrimitive() ? codec.carrier() : Object.class;
    }

    final MethodHandle define(MethodType type) {
        byte[] bytes = ClassFile.of().build(SELF, builder -> {
            builder.withFlags(ACC_FINAL | ACC_SYNTHETIC);
            builder.withMethodBody("adapt", method(type), ACC_STATIC, this::body);
            for (int i = 0; i < constants.size(); i++) {
                builder.withField(name(i), desc(constantTypes.get(i)), ACC_PRIVATE | ACC_STATIC | ACC_FINAL);
            }
            builder.withMethodBody(
                    ConstantDescs.CLASS_INIT_NAME,
                    MethodTypeDesc.of(ConstantDescs.CD_void),
                    ACC_STATIC,
                    this::initialize);
        });
        try {
            MethodHandles.Lookup defined = LOOKUP.defineHiddenClassWithClassData(bytes, constants.toArray(), true);
            return defined.findStatic(defined.lookupClass(), "adapt", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated adapter of type " + type, e);
        }
    }

    private void initialize(CodeBuilder code) {
        int data = code.allocateLocal(TypeKind.REFERENCE);
        code.invokestatic(ConstantDescs.CD_MethodHandles, "lookup",
                        MethodTypeDesc.of(ConstantDescs.CD_MethodHandles_Lookup))
                .ldc(ConstantDescs.DEFAULT_NAME)
                .ldc(OBJECTS)
                .invokestatic(ConstantDescs.CD_MethodHandles, "classData", CLASS_DATA)
                .checkcast(OBJECTS)
                .astore(data);
        for (int i = 0; i < constants.size(); i++) {
            ClassDesc type = desc(constantTypes.get(i));
            code.aload(data).loadConstant(i).aaload().checkcast(type).putstatic(SELF, name(i), type);
        }
        code.return_();
    }

    private int identityIndex(Object value) {
        for (int i = 0; i < constants.size(); i++) {
            if (constants.get(i) == value) {
                return i;
            }
        }
        return -1;
    }

    private static String name(int index) {
        return "c" + index;
    }

    static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    static MethodTypeDesc method(MethodType type) {
        return MethodTypeDesc.ofDescriptor(type.toMethodDescriptorString());
    }

    static MethodTypeDesc method(Class<?> result, Class<?>... params) {
        return method(MethodType.methodType(result, params));
    }
}
