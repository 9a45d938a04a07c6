package dev.virga.engine.portable;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import run.endive.compiler.internal.ByteClassCollector;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.OpcodeImpl;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/**
 * Changes the classes that Endive's compiler made, where its way is slow or differs from what we
 * need: imported functions and {@code call_indirect} go through typed method handles instead of
 * arrays and switches (a switch over many functions is too big for the JIT), and Endive's helper
 * methods that {@link GuestOps} has too are replaced by those.
 */
final class ClassRewriter {

    private static final ClassDesc OPS = desc(GuestOps.class);
    private static final ClassDesc INSTANCE = desc(Instance.class);
    private static final ClassDesc MEMORY = desc(Memory.class);
    private static final ClassDesc OPCODES = desc(OpcodeImpl.class);
    static final String OPCODES_NAME = OpcodeImpl.class.getName().replace('.', '/');
    /** Endive's hand on a signalling NaN as it is, and the last one rounds up. */
    static final Set<String> CORRECTED = Set.of(
            "F32_MIN", "F32_MAX", "F64_MIN", "F64_MAX", "F64_CEIL", "F64_FLOOR", "F64_TRUNC", "F32_CONVERT_I64_U");
    private static final ClassDesc HELPERS = ClassDesc.of(CompiledCode.CLASS + "Shaded");
    private static final String GROUP = CompiledCode.CLASS + "FuncGroup_";
    /** The names of compiled functions start so. */
    static final String FUNCTION = "func_";
    private static final String MEMORY_INIT = "memoryInit";
    private static final String CALL_INDIRECT = "call_indirect_";

    private final int importedFunctions;

    ClassRewriter(WasmModule module) {
        importedFunctions = module.importSection().count(ExternalType.FUNCTION);
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /** Collects classes without loading them, and hands out our version of Endive's helpers. */
    static final class Collector extends ByteClassCollector {
        @Override
        public byte[] resolve(Class<?> type) {
            return type == Shaded.class ? Helpers.BYTES : super.resolve(type);
        }
    }

    private static final class Helpers {
        static final byte[] BYTES = helpers();
    }

    /** Endive's helpers, forwarding to ours of the same name and type. */
    private static byte[] helpers() {
        Set<String> ours = Arrays.stream(GuestOps.class.getMethods())
                .map(Helper::key)
                .collect(Collectors.toSet());
        try (InputStream in = Shaded.class.getResourceAsStream("Shaded.class")) {
            ClassFile classes = ClassFile.of();
            return classes.transformClass(classes.parse(in.readAllBytes()), (builder, element) -> {
                if (element instanceof MethodModel method && ours.contains(Helper.key(method))) {
                    builder.withMethodBody(
                            method.methodName(), method.methodType(), method.flags().flagsMask(),
                            code -> forward(code, method));
                } else {
                    builder.with(element);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Helper {
        static String key(Method method) {
            return method.getName() + java.lang.invoke.MethodType
                    .methodType(method.getReturnType(), method.getParameterTypes()).descriptorString();
        }

        static String key(MethodModel method) {
            return method.methodName().stringValue() + method.methodType().stringValue();
        }
    }

    private static void forward(CodeBuilder code, MethodModel method) {
        MethodTypeDesc type = method.methodTypeSymbol();
        loadParameters(code, type, type.parameterCount());
        code.invokestatic(OPS, method.methodName().stringValue(), type);
        code.return_(TypeKind.from(type.returnType()));
    }

    private static void loadParameters(CodeBuilder code, MethodTypeDesc type, int count) {
        for (int i = 0; i < count; i++) {
            code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
        }
    }

    /** How many functions are in each class; the last class may have fewer. */
    static int functionsPerClass(Map<String, byte[]> classes) {
        byte[] second = classes.get(GROUP + 1);
        if (second == null) {
            return Integer.MAX_VALUE;
        }
        return ClassFile.of().parse(second).methods().stream()
                .map(method -> method.methodName().stringValue())
                .filter(name -> name.startsWith(FUNCTION))
                .mapToInt(name -> number(name, FUNCTION))
                .min()
                .orElseThrow();
    }

    private static int number(String name, String prefix) {
        return Integer.parseInt(name.substring(prefix.length()));
    }

    /** The name of the class that holds a function. */
    static String functionClass(int function, int functionsPerClass) {
        return GROUP + function / functionsPerClass;
    }

    /** Endive's classes for large indirect calls are not reached any more. */
    boolean isNeeded(String className) {
        return !className.startsWith(CompiledCode.CLASS + "Indirect_");
    }

    byte[] rewrite(String className, byte[] bytes) {
        if (className.equals(CompiledCode.CLASS) || className.contains("CallIndirectBridge_")) {
            return transform(bytes, (builder, method) -> indirectCall(builder, method));
        }
        if (className.startsWith(GROUP) && (importedFunctions > 0 || callsReplaced(bytes))) {
            return transform(bytes, (builder, method) -> function(builder, method));
        }
        return bytes;
    }

    /** Replaces a method, or says false to leave it as it is. */
    private interface MethodRewrite {
        boolean rewrite(java.lang.classfile.ClassBuilder builder, MethodModel method);
    }

    private static byte[] transform(byte[] bytes, MethodRewrite rewrite) {
        ClassFile classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                java.lang.classfile.ClassHierarchyResolver.ofClassLoading(ClassRewriter.class.getClassLoader())));
        ClassModel model = classes.parse(bytes);
        ClassTransform transform = (builder, element) -> {
            if (!(element instanceof MethodModel method) || !rewrite.rewrite(builder, method)) {
                builder.with(element);
            }
        };
        return classes.transformClass(model, transform);
    }

    private boolean function(java.lang.classfile.ClassBuilder builder, MethodModel method) {
        String name = method.methodName().stringValue();
        if (!name.startsWith(FUNCTION)) {
            return false;
        }
        int function = number(name, FUNCTION);
        if (function < importedFunctions) {
            builder.withMethodBody(method.methodName(), method.methodType(), method.flags().flagsMask(),
                    code -> callImport(code, method.methodTypeSymbol(), function));
            return true;
        }
        if (method.code().stream().flatMap(code -> code.elementStream()).anyMatch(ClassRewriter::isReplaced)) {
            builder.transformMethod(method, java.lang.classfile.MethodTransform.transformingCode(
                    replaceCalls(method.methodTypeSymbol())));
            return true;
        }
        return false;
    }

    /** Asks the constant pool, since reading every instruction of a large module takes long. */
    private static boolean callsReplaced(byte[] bytes) {
        for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
            if (entry instanceof MethodRefEntry method
                    && isReplaced(method.owner().asSymbol(), method.name().stringValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReplaced(CodeElement element) {
        return element instanceof InvokeInstruction call
                && isReplaced(call.owner().asSymbol(), call.name().stringValue());
    }

    private static boolean isReplaced(ClassDesc owner, String name) {
        return owner.equals(HELPERS) && name.equals(MEMORY_INIT) || owner.equals(OPCODES) && CORRECTED.contains(name);
    }

    private static CodeTransform replaceCalls(MethodTypeDesc method) {
        int last = method.parameterCount() - 1;
        return (code, element) -> {
            if (isReplaced(element)) {
                InvokeInstruction call = (InvokeInstruction) element;
                MethodTypeDesc type = call.typeSymbol();
                if (call.name().equalsString(MEMORY_INIT)) {
                    // Endive leaves the instance out, but the data is the instance's, not the memory's.
                    code.aload(code.parameterSlot(last));
                    type = type.insertParameterTypes(type.parameterCount(), INSTANCE);
                }
                code.invokestatic(OPS, call.name().stringValue(), type);
            } else {
                code.with(element);
            }
        };
    }

    private static void callImport(CodeBuilder code, MethodTypeDesc method, int function) {
        int params = method.parameterCount() - 2;
        int instance = code.parameterSlot(params + 1);
        int callee = code.allocateLocal(TypeKind.REFERENCE);
        TypeKind result = TypeKind.from(method.returnType());
        code.aload(instance).loadConstant(function);
        code.invokestatic(OPS, "importedInstance", MethodTypeDesc.of(INSTANCE, INSTANCE, CD_int));
        code.astore(callee).aload(callee);
        code.ifThen(java.lang.classfile.Opcode.IFNONNULL, guest -> {
            importedCode(guest, instance, function);
            loadParameters(guest, method, params);
            guest.aload(callee).invokestatic(OPS, "memory", MethodTypeDesc.of(MEMORY, INSTANCE)).aload(callee);
            guest.invokevirtual(CD_MethodHandle, "invokeExact", method);
            guest.return_(result);
        });
        code.trying(
                host -> {
                    importedCode(host, instance, function);
                    loadParameters(host, method, params);
                    host.invokevirtual(CD_MethodHandle, "invokeExact", method.dropParameterTypes(params, params + 2));
                },
                handlers -> handlers.catchingAll(handler -> {
                    handler.aload(instance);
                    handler.invokestatic(
                            OPS, "importFailed", MethodTypeDesc.of(CD_Throwable, CD_Throwable, INSTANCE));
                    handler.athrow();
                }));
        code.aload(instance);
        code.invokestatic(OPS, "importReturned", MethodTypeDesc.of(ConstantDescs.CD_void, INSTANCE));
        code.return_(result);
    }

    private static void importedCode(CodeBuilder code, int instance, int function) {
        code.aload(instance).loadConstant(function);
        code.invokestatic(OPS, "importedCode", MethodTypeDesc.of(CD_MethodHandle, INSTANCE, CD_int));
    }

    private static boolean indirectCall(java.lang.classfile.ClassBuilder builder, MethodModel method) {
        String name = method.methodName().stringValue();
        if (!name.startsWith(CALL_INDIRECT)) {
            return false;
        }
        builder.withMethodBody(method.methodName(), method.methodType(), method.flags().flagsMask(),
                code -> callIndirect(code, method.methodTypeSymbol(), number(name, CALL_INDIRECT)));
        return true;
    }

    /** The parameters are the function's, then element, table (−1 for {@code call_ref}), memory, instance. */
    private static void callIndirect(CodeBuilder code, MethodTypeDesc method, int type) {
        int params = method.parameterCount() - 4;
        int element = code.parameterSlot(params);
        int table = code.parameterSlot(params + 1);
        int memory = code.parameterSlot(params + 2);
        int instance = code.parameterSlot(params + 3);
        int callee = code.allocateLocal(TypeKind.REFERENCE);
        MethodTypeDesc target = method.dropParameterTypes(params, params + 2);
        code.invokestatic(HELPERS, "checkInterruption", ConstantDescs.MTD_void);
        code.iload(table).iconst_m1();
        code.ifThenElse(java.lang.classfile.Opcode.IF_ICMPEQ,
                own -> {
                    own.aload(instance).iload(element).loadConstant(type);
                    own.invokestatic(OPS, "ownCode", MethodTypeDesc.of(CD_MethodHandle, INSTANCE, CD_int, CD_int));
                    loadParameters(own, method, params);
                    own.aload(memory).aload(instance);
                    own.invokevirtual(CD_MethodHandle, "invokeExact", target);
                    own.return_(TypeKind.from(method.returnType()));
                },
                other -> {
                    other.aload(instance).iload(table).iload(element);
                    other.invokestatic(OPS, "callee", MethodTypeDesc.of(INSTANCE, INSTANCE, CD_int, CD_int));
                    other.astore(callee);
                    other.aload(instance).aload(callee).iload(table).iload(element).loadConstant(type);
                    other.invokestatic(OPS, "code", MethodTypeDesc.of(
                            CD_MethodHandle, INSTANCE, INSTANCE, CD_int, CD_int, CD_int));
                    loadParameters(other, method, params);
                    other.aload(callee);
                    other.invokestatic(OPS, "memory", MethodTypeDesc.of(MEMORY, INSTANCE));
                    other.aload(callee);
                    other.invokevirtual(CD_MethodHandle, "invokeExact", target);
                    other.return_(TypeKind.from(method.returnType()));
                });
    }
}
