package dev.virga.engine.portable;

import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.memory.MemoryImage;
import dev.virga.engine.memory.MemorySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.ActiveElement;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.Element;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.PassiveDataSegment;
import run.endive.wasm.types.PassiveElement;
import run.endive.wasm.types.TagImport;
import run.endive.wasm.types.TagSection;

/**
 * All that can be worked out once for a module about how to instantiate it.
 *
 * @param functionTypes the type index of each function, imports first
 * @param importedTagTypes the type index of each imported tag
 * @param memories the memories that the module defines
 * @param elements the active element segments
 * @param data the active data segments that are not in a memory's image
 */
record ModulePlan(
        EndiveInstances.Parts parts,
        ModuleTypes types,
        int[] functionTypes,
        int[] importedTagTypes,
        List<MemoryPlan> memories,
        List<ElementPlan> elements,
        List<ActiveDataSegment> data) {

    record MemoryPlan(MemoryType type, MemorySource source) {}

    /** An active element segment; {@code functions} if it holds nothing but function indices. */
    record ElementPlan(ActiveElement segment, int[] functions) {
        boolean isSimple() {
            return functions.length == segment.elementCount();
        }
    }

    static ModulePlan of(byte[] stripped, PortableEngine engine) {
        WasmModule module = parse(stripped);
        int[] functionTypes = functionTypes(module);
        DataSegment[] segments = module.dataSection().dataSegments();
        List<ActiveDataSegment> loose = new ArrayList<>();
        List<MemoryPlan> memories = memories(module, segments, loose, engine);
        EndiveInstances.Parts parts = new EndiveInstances.Parts(
                module,
                module.globalSection().globals(),
                module.codeSection().functionBodies(),
                module.typeSection().types(),
                functionTypes,
                IntStream.range(0, module.tableSection().tableCount())
                        .mapToObj(module.tableSection()::getTable)
                        .toArray(run.endive.wasm.types.Table[]::new),
                passive(module.elementSection().elements()),
                passive(segments),
                module.tagSection().map(TagSection::types).orElse(new run.endive.wasm.types.TagType[0]),
                exports(module));
        return new ModulePlan(
                parts,
                new ModuleTypes(module.typeSection(), engine.interner()),
                functionTypes,
                module.importSection().stream()
                        .filter(TagImport.class::isInstance)
                        .mapToInt(i -> ((TagImport) i).tagType().typeIdx())
                        .toArray(),
                memories,
                elements(module.elementSection().elements()),
                List.copyOf(loose));
    }

    /** Reads a module that was validated when it was compiled. */
    static WasmModule parse(byte[] stripped) {
        return Parser.builder().withValidation(false).build()
                .parse(() -> new java.io.ByteArrayInputStream(ImportNames.filled(stripped)));
    }

    private static int[] functionTypes(WasmModule module) {
        IntStream imported = module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .mapToInt(i -> ((FunctionImport) i).typeIndex());
        IntStream defined = IntStream.range(0, module.functionSection().functionCount())
                .map(module.functionSection()::getFunctionType);
        return IntStream.concat(imported, defined).toArray();
    }

    private static Map<String, Export> exports(WasmModule module) {
        Map<String, Export> exports = new HashMap<>();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            exports.put(export.name(), export);
        }
        return exports;
    }

    /** Active and declarative segments are dropped once the module is instantiated. */
    private static Element[] passive(Element[] elements) {
        Element[] passive = elements.clone();
        for (int i = 0; i < passive.length; i++) {
            if (!(passive[i] instanceof PassiveElement)) {
                passive[i] = null;
            }
        }
        return passive;
    }

    private static DataSegment[] passive(DataSegment[] segments) {
        DataSegment[] passive = segments.clone();
        for (int i = 0; i < passive.length; i++) {
            if (passive[i] instanceof ActiveDataSegment) {
                passive[i] = PassiveDataSegment.EMPTY;
            }
        }
        return passive;
    }

    private static List<ElementPlan> elements(Element[] elements) {
        List<ElementPlan> plans = new ArrayList<>();
        for (Element element : elements) {
            if (element instanceof ActiveElement active) {
                int[] functions = active.initializers().stream()
                        .filter(ModulePlan::isFunction)
                        .mapToInt(initializer -> (int) initializer.getFirst().operand(0))
                        .toArray();
                plans.add(new ElementPlan(active, functions));
            }
        }
        return List.copyOf(plans);
    }

    private static boolean isFunction(List<Instruction> expression) {
        return isSingle(expression, OpCode.REF_FUNC);
    }

    private static boolean isSingle(List<Instruction> expression, OpCode opcode) {
        return expression.getFirst().opcode() == opcode
                && (expression.size() == 1 || expression.size() == 2 && expression.get(1).opcode() == OpCode.END);
    }

    private static List<MemoryPlan> memories(
            WasmModule module, DataSegment[] segments, List<ActiveDataSegment> loose, PortableEngine engine) {
        int imported = module.importSection().count(ExternalType.MEMORY);
        int defined = module.memorySection().map(section -> section.memoryCount()).orElse(0);
        List<MemoryPlan> plans = new ArrayList<>();
        loose.addAll(active(segments));
        for (int i = 0; i < defined; i++) {
            MemoryType type = memoryType(module.memorySection().orElseThrow().getMemory(i).limits());
            int index = imported + i;
            List<ActiveDataSegment> own = active(segments).stream()
                    .filter(segment -> segment.index() == index).toList();
            long bytes = type.limits().min() * LinearMemory.PAGE;
            MemoryImage image = MemoryImage.EMPTY;
            if (own.stream().allMatch(segment -> fits(segment, bytes))) {
                image = new MemoryImage(own.stream()
                        .filter(segment -> segment.data().length > 0)
                        .map(segment -> new MemoryImage.Part(offset(segment), segment.data()))
                        .toList());
                loose.removeAll(own);
            }
            plans.add(new MemoryPlan(type, engine.memorySource(image, LinearMemory.maxPages(type))));
        }
        return List.copyOf(plans);
    }

    private static List<ActiveDataSegment> active(DataSegment[] segments) {
        return java.util.Arrays.stream(segments)
                .filter(ActiveDataSegment.class::isInstance)
                .map(ActiveDataSegment.class::cast)
                .toList();
    }

    private static boolean fits(ActiveDataSegment segment, long bytes) {
        return isSingle(segment.offsetInstructions(), OpCode.I32_CONST)
                && offset(segment) + segment.data().length <= bytes;
    }

    private static long offset(ActiveDataSegment segment) {
        return Integer.toUnsignedLong((int) segment.offsetInstructions().getFirst().operand(0));
    }

    private static MemoryType memoryType(MemoryLimits limits) {
        // Endive does not tell whether there was a maximum; without one it is all that 32 bits address.
        OptionalLong max = limits.maximumPages() == MemoryLimits.MAX_PAGES
                ? OptionalLong.empty()
                : OptionalLong.of(limits.maximumPages());
        return new MemoryType(new Limits(limits.initialPages(), max, false), limits.shared());
    }
}
