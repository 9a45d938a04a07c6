package dev.virga.engine.portable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.internal.CompilerInterpreterMachine;

/**
 * Endive's interpreter, changed where it differs from compiled code; {@link InterpreterOps} says in
 * what. Its methods are static and use what its package hides, so a changed copy of it is made, when a
 * module is compiled that needs it, and stands beside it in its package.
 */
final class Interpreter {

    private static final String ENDIVE = Type.getInternalName(InterpreterMachine.class);
    private static final String ENDIVE_MACHINE = Type.getInternalName(CompilerInterpreterMachine.class);
    private static final String OURS = "run.endive.runtime.VirgaInterpreter";
    private static final String OUR_MACHINE = "run.endive.runtime.VirgaInterpreterMachine";
    private static final SimpleRemapper NAMES = new SimpleRemapper(Opcodes.ASM9, Map.of(
            ENDIVE, OURS.replace('.', '/'), ENDIVE_MACHINE, OUR_MACHINE.replace('.', '/')));

    /** Methods of Endive's interpreter and how many of the instruction's operands ours are given. */
    private static final Map<String, Integer> REPLACED = Map.of(
            "readMemPtr", 2, "I64_STORE8", 3, "I64_STORE32", 3, "MEMORY_COPY", 2, "MEMORY_INIT", 2,
            "CALL_INDIRECT", 2);

    private Interpreter() {}

    /** The classes by name, to be kept with the module that needs them. */
    static Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new HashMap<>();
        classes.put(OURS, transform(read(InterpreterMachine.class)));
        classes.put(OUR_MACHINE, transform(read(CompilerInterpreterMachine.class)));
        return classes;
    }

    /** A class of a module that uses this interpreter in Endive's place. */
    static byte[] redirect(byte[] bytes) {
        return transform(bytes);
    }

    static boolean isPart(String className) {
        return className.equals(OURS) || className.equals(OUR_MACHINE);
    }

    /** Defines the interpreter, the same for all modules, unless it is there already. */
    static synchronized Class<?> load(Map<String, ByteBuffer> classes) throws ClassNotFoundException {
        ClassLoader loader = Instance.class.getClassLoader();
        try {
            return Class.forName(OUR_MACHINE, false, loader);
        } catch (ClassNotFoundException e) {
            try {
                MethodHandles.Lookup endive = MethodHandles.privateLookupIn(Instance.class, MethodHandles.lookup());
                endive.defineClass(bytes(classes.get(OURS)));
                return endive.defineClass(bytes(classes.get(OUR_MACHINE)));
            } catch (IllegalAccessException denied) {
                throw new ClassNotFoundException(OUR_MACHINE, denied);
            }
        }
    }

    private static byte[] bytes(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] read(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] transform(byte[] bytes) {
        ClassWriter out = new ClassWriter(0);
        new ClassReader(bytes).accept(new Changes(new ClassRemapper(out, NAMES)), 0);
        return out.toByteArray();
    }

    private static final class Changes extends ClassVisitor {

        private String className = "";

        Changes(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            className = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public void visitNestMember(String nestMember) {
            // The members belong to the original.
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (className.equals(ENDIVE) && REPLACED.containsKey(name)) {
                forward(method, (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0, name, Type.getMethodType(descriptor));
                return null;
            }
            return new CorrectedCalls(method);
        }
    }

    /** Calls our method of the same name with stack, instance and operands, as far as the original has them. */
    private static void forward(MethodVisitor code, int firstSlot, String name, Type method) {
        StringBuilder parameters = new StringBuilder();
        code.visitCode();
        int slot = firstSlot;
        for (Type parameter : method.getArgumentTypes()) {
            if (parameter.getClassName().endsWith("$Operands")) {
                for (int i = 0; i < REPLACED.get(name); i++) {
                    code.visitVarInsn(Opcodes.ALOAD, slot);
                    code.visitInsn(Opcodes.ICONST_0 + i);
                    code.visitMethodInsn(Opcodes.INVOKEINTERFACE, parameter.getInternalName(), "get", "(I)J", true);
                    parameters.append('J');
                }
            } else {
                code.visitVarInsn(Opcodes.ALOAD, slot);
                parameters.append(parameter.getDescriptor());
            }
            slot++;
        }
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(InterpreterOps.class), name,
                "(" + parameters + ")" + method.getReturnType().getDescriptor(), false);
        code.visitInsn(method.getReturnType().getOpcode(Opcodes.IRETURN));
        code.visitMaxs(slot + 2 * REPLACED.get(name), slot);
        code.visitEnd();
    }

    /** As in compiled code, see {@link ClassRewriter#CORRECTED}. */
    private static final class CorrectedCalls extends MethodVisitor {

        CorrectedCalls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean corrected = owner.equals(ClassRewriter.OPCODES_NAME) && ClassRewriter.CORRECTED.contains(name);
            super.visitMethodInsn(opcode, corrected ? Type.getInternalName(GuestOps.class) : owner, name, descriptor,
                    isInterface);
        }
    }
}
