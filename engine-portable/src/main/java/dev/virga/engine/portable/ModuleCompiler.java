package dev.virga.engine.portable;

import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleNames;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.objectweb.asm.MethodTooLargeException;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.CompilerResult;
import run.endive.wasm.InvalidException;
import run.endive.wasm.MalformedException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.WasmEncoding;

/** From a module's bytes to classes: Endive's parser, validator and compiler, then our changes. */
final class ModuleCompiler {

    private static final Set<OpCode> TAIL_CALLS =
            Set.of(OpCode.RETURN_CALL, OpCode.RETURN_CALL_INDIRECT, OpCode.RETURN_CALL_REF);
    private static final Set<OpCode> ALLOCATIONS = Set.of(
            OpCode.STRUCT_NEW, OpCode.STRUCT_NEW_DEFAULT, OpCode.ARRAY_NEW, OpCode.ARRAY_NEW_DEFAULT,
            OpCode.ARRAY_NEW_FIXED, OpCode.ARRAY_NEW_DATA, OpCode.ARRAY_NEW_ELEM);
    /** A class is read and verified as a whole when its first function is called, so they are small. */
    private static final int FUNCTIONS_PER_CLASS = 256;
    /** At two bytes each they exceed a Java method's 64 KB, and hardly any takes less. */
    private static final int MAX_INSTRUCTIONS = 30_000;
    /** The JVM keeps more than a kilobyte of its code cache for each signature of a Java method, for good. */
    private static final int MAX_SIGNATURES = 5_000;
    private static final Set<OpCode> ACCESSES = Stream.of(OpCode.values())
            .filter(opcode -> OpCode.signature(opcode).contains(WasmEncoding.MEMARG))
            .collect(Collectors.toUnmodifiableSet());

    private ModuleCompiler() {}

    /** @param garbageCollection whether structs and arrays may be allocated */
    static CompiledCode compile(byte[] binary, boolean garbageCollection) {
        ModuleType type = ModuleTypeReader.read(binary);
        byte[] nameSection = ModuleTypeReader.nameSection(binary).orElse(new byte[0]);
        ModuleNames names = new ModuleNames(nameSection);
        ModuleStripper.Stripped stripped = ModuleStripper.strip(binary);
        CodeCheck.check(binary, type, names);
        WasmModule module = parse(binary);
        Vectors.checkTypes(module);
        checkSignatures(module);
        boolean tailCalls = inspect(module, names, garbageCollection);
        CompilerResult result = compile(module);
        return new CompiledCode(
                stripped.binary(), ModuleStripper.only(binary, result.interpretedFunctions()),
                stripped.start(), nameSection, tailCalls,
                ClassRewriter.functionsPerClass(result.collector().classBytes()),
                rewrite(module, result));
    }

    private static void checkSignatures(WasmModule module) {
        long signatures = Stream.of(module.typeSection().types()).distinct().count();
        if (signatures > MAX_SIGNATURES) {
            throw new ModuleException.Unsupported("the module has functions of " + signatures
                    + " types; more than " + MAX_SIGNATURES + " would use up what the JVM has for its code");
        }
    }

    private static WasmModule parse(byte[] binary) {
        try {
            // Names are ours to read: Endive refuses modules whose name section is odd, which is allowed.
            byte[] filled = ImportNames.filled(binary);
            return Parser.builder().withCustomParsers(Map.of()).build()
                    .parse(() -> new java.io.ByteArrayInputStream(filled));
        } catch (InvalidException e) {
            throw new ModuleException.Invalid(e.getMessage());
        } catch (MalformedException e) {
            throw new ModuleException.Malformed(e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            // What Endive's parser runs into on bytes that it did not expect.
            throw new ModuleException.Malformed("malformed module: " + e.getMessage());
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new ModuleException.Unsupported("the module is nested too deeply or too large to be read");
        }
    }

    /** Refuses instructions that are not allowed; tells whether there are tail calls. */
    private static boolean inspect(WasmModule module, ModuleNames names, boolean garbageCollection) {
        boolean tailCalls = false;
        int imports = module.importSection().count(ExternalType.FUNCTION);
        FunctionBody[] bodies = module.codeSection().functionBodies();
        for (int i = 0; i < bodies.length; i++) {
            for (var instruction : bodies[i].instructions()) {
                OpCode opcode = instruction.opcode();
                if (!garbageCollection && ALLOCATIONS.contains(opcode)) {
                    throw allocation(opcode, describe(imports + i, names));
                }
                tailCalls |= TAIL_CALLS.contains(opcode);
            }
        }
        if (!garbageCollection) {
            refuseAllocatingConstants(module);
        }
        return tailCalls;
    }

    /** Constant expressions may allocate too (core specification, section 3.4.17). */
    private static void refuseAllocatingConstants(WasmModule module) {
        Stream<Instruction> globals =
                Stream.of(module.globalSection().globals()).flatMap(global -> global.initInstructions().stream());
        Stream<Instruction> tables = IntStream.range(0, module.tableSection().tableCount())
                .mapToObj(i -> module.tableSection().getTable(i).initialize()).flatMap(List::stream);
        Stream<Instruction> elements = Stream.of(module.elementSection().elements())
                .flatMap(element -> element.initializers().stream()).flatMap(List::stream);
        Stream.of(globals, tables, elements).flatMap(Function.identity())
                .map(Instruction::opcode).filter(ALLOCATIONS::contains).findFirst()
                .ifPresent(opcode -> {
                    throw allocation(opcode, "a constant expression");
                });
    }

    private static ModuleException.Unsupported allocation(OpCode opcode, String where) {
        return new ModuleException.Unsupported("garbage-collected objects (" + opcode + " in " + where
                + "): no limit would count them; build the guest for linear memory");
    }

    static String describe(int function, ModuleNames names) {
        return "function " + function + names.function(function).map(name -> " \"" + name + "\"").orElse("");
    }

    private static CompilerResult compile(WasmModule module) {
        try {
            Set<Integer> interpreted = notToCompile(module);
            while (true) {
                try {
                    return compile(module, interpreted);
                } catch (WasmEngineException e) {
                    OptionalInt tooLarge = tooLarge(e);
                    if (tooLarge.isEmpty() || !interpreted.add(tooLarge.getAsInt())) {
                        throw e;
                    }
                }
            }
        } catch (InvalidException e) {
            throw new ModuleException.Invalid(e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            throw new ModuleException.Unsupported("the compiler refused the module: " + e.getMessage());
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new ModuleException.Unsupported("the module is nested too deeply or too large to be compiled");
        }
    }

    private static CompilerResult compile(WasmModule module, Set<Integer> interpreted) {
        return Compiler.builder(module)
                .withClassName(CompiledCode.CLASS)
                .withMaxFunctionsPerClass(FUNCTIONS_PER_CLASS)
                .withInterpretedFunctions(interpreted)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .withClassCollectorFactory(ClassRewriter.Collector::new)
                .build()
                .compile();
    }

    /**
     * The functions that are better interpreted at once. Endive compiles a module again from its first
     * function for each function that turns out to be too large for Java, which made seven passes out of
     * one for a JavaScript engine; and for an offset of 2 GiB or more it compiles a trap.
     */
    private static Set<Integer> notToCompile(WasmModule module) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        FunctionBody[] bodies = module.codeSection().functionBodies();
        Set<Integer> functions = new HashSet<>();
        for (int i = 0; i < bodies.length; i++) {
            if (bodies[i].instructions().size() > MAX_INSTRUCTIONS
                    || bodies[i].instructions().stream().anyMatch(ModuleCompiler::isFar)) {
                functions.add(imports + i);
            }
        }
        return functions;
    }

    private static boolean isFar(Instruction instruction) {
        return ACCESSES.contains(instruction.opcode()) && instruction.operand(1) >= Integer.MAX_VALUE;
    }

    private static OptionalInt tooLarge(WasmEngineException e) {
        return e.getCause() instanceof MethodTooLargeException method
                        && method.getMethodName().startsWith(ClassRewriter.FUNCTION)
                ? OptionalInt.of(Integer.parseInt(
                        method.getMethodName().substring(ClassRewriter.FUNCTION.length())))
                : OptionalInt.empty();
    }

    /** Endive's compiler makes code with a wrong operand stack of some branches to blocks with parameters. */
    private static byte[] rewrite(ClassRewriter rewriter, String name, byte[] bytes) {
        try {
            return rewriter.rewrite(name, bytes);
        } catch (IllegalArgumentException e) {
            throw new ModuleException.Unsupported(
                    "the compiler made wrong code of the module: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static Map<String, ByteBuffer> rewrite(WasmModule module, CompilerResult result) {
        ClassRewriter rewriter = new ClassRewriter(module);
        Map<String, ByteBuffer> classes = new HashMap<>();
        result.collector().classBytes().forEach((name, bytes) -> {
            String dotted = name.replace('/', '.');
            if (rewriter.isNeeded(dotted)) {
                classes.put(dotted, ByteBuffer.wrap(rewrite(rewriter, dotted, bytes)));
            }
        });
        if (!result.interpretedFunctions().isEmpty()) {
            classes.compute(CompiledCode.CLASS, (name, bytes) -> ByteBuffer.wrap(Interpreter.redirect(bytes.array())));
            Interpreter.classes().forEach((name, bytes) -> classes.put(name, ByteBuffer.wrap(bytes)));
        }
        return classes;
    }
}
