package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleNames;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import dev.virga.engine.Store;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A module whose code is in memory, ready to run. */
final class NativeModule implements CoreModule {

    private static final int CODE_SECTION = 10;

    private final NativeEngine engine;
    /** Empty where nothing of it is needed any more, which is so for most. */
    private final byte[] binary;
    private final ModuleType type;
    private final Plan plan;
    private final Compiled.Code code;
    private final ModuleNames names;
    /** Read when a trap asks for it. */
    private volatile DebugLines lines;
    /** What the instance block points to: u32 for each type index. */
    private final MemorySegment typeIds;
    private final List<MemoryPlan> memories;
    /** The active data segments that no memory's image holds. */
    private final List<Plan.Data> looseData;
    private final List<ImportedFunction> importedFunctions;
    /** The referenced functions that are not imported, by index. */
    private final List<ReferencedFunction> ownReferenced;
    /** For each element segment of functions where their records are, see {@link #elementPlaces}. */
    private final int[][] elementPlaces;

    NativeModule(NativeEngine engine, byte[] binary, Compiled compiled) {
        this.engine = engine;
        this.type = ModuleTypeReader.read(binary);
        this.plan = PlanReader.read(compiled.plan(), binary);
        this.code = compiled.code();
        this.names = new ModuleNames(Arrays.copyOfRange(binary, plan.names().offset(), plan.names().end()));
        this.typeIds = Arena.ofAuto().allocate(ValueLayout.JAVA_INT, Math.max(plan.types().size(), 1));
        for (int i = 0; i < plan.types().size(); i++) {
            typeIds.setAtIndex(ValueLayout.JAVA_INT, i, TypeIds.of(plan.types().get(i)));
        }
        this.memories = MemoryPlan.of(plan, binary, engine);
        this.looseData = MemoryPlan.loose(plan, memories);
        this.binary = needsBinary() ? binary : new byte[0];
        Map<FuncType, Long> entryStubs = stubs(Plan.StubKind.ENTRY);
        Map<FuncType, Long> hostStubs = stubs(Plan.StubKind.HOST);
        this.importedFunctions = IntStream.range(0, plan.importedFunctions())
                .mapToObj(i -> new ImportedFunction(plan.functionType(i), hostStubs))
                .toList();
        this.ownReferenced = Arrays.stream(plan.referenced())
                .filter(f -> f >= plan.importedFunctions())
                .mapToObj(f -> referenced(f, entryStubs.get(plan.functionType(f))))
                .toList();
        this.elementPlaces = plan.elements().stream()
                .map(e -> Arrays.stream(e.functions()).map(this::place).toArray())
                .toArray(int[][]::new);
    }

    private boolean needsBinary() {
        return !plan.debugSections().isEmpty()
                || !looseData.isEmpty()
                || plan.data().stream().anyMatch(d -> d.mode() == Plan.Mode.PASSIVE);
    }

    private int place(int function) {
        return function < plan.importedFunctions() ? ~function : plan.layout().record(positionOf(function));
    }

    private Map<FuncType, Long> stubs(Plan.StubKind kind) {
        Map<FuncType, Long> stubs = new HashMap<>();
        for (int i = 0; i < plan.stubs().size(); i++) {
            Plan.Stub stub = plan.stubs().get(i);
            if (stub.kind() == kind) {
                stubs.put(plan.types().get(stub.argument()), code.area().address() + code.map().stubs()[i]);
            }
        }
        return stubs;
    }

    private ReferencedFunction referenced(int index, long stub) {
        FuncType function = plan.functionType(index);
        long address = code.area().address() + code.map().functions()[index - plan.importedFunctions()];
        return new ReferencedFunction(
                index, function, TypeIds.of(function), address, stub, Entries.of(function));
    }

    @Override
    public ModuleType type() {
        return type;
    }

    @Override
    public long codeSize() {
        return code.area().codeBytes();
    }

    Plan plan() {
        return plan;
    }

    NativeEngine engine() {
        return engine;
    }

    byte[] bytes(Plan.Range range) {
        return Arrays.copyOfRange(binary, range.offset(), range.end());
    }

    MemorySegment data(Plan.Range range) {
        return MemorySegment.ofArray(binary).asSlice(range.offset(), range.length());
    }

    long typeIds() {
        return typeIds.address();
    }

    List<MemoryPlan> memories() {
        return memories;
    }

    List<Plan.Data> looseData() {
        return looseData;
    }

    List<ImportedFunction> importedFunctions() {
        return importedFunctions;
    }

    List<ReferencedFunction> ownReferenced() {
        return ownReferenced;
    }

    /** For each function of an element segment: its record's offset in the instance block, or ~index of an import. */
    int[] elementPlaces(int segment) {
        return elementPlaces[segment];
    }

    /** Where among {@link #ownReferenced} a function is. */
    int positionOf(int index) {
        int low = 0;
        int high = ownReferenced.size() - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (ownReferenced.get(middle).index() < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where its code begins. */
    long address() {
        return code.area().address();
    }

    boolean contains(long pointer) {
        return code.area().contains(pointer);
    }

    /** The code's position at an address. */
    int codeOffset(long pointer) {
        return (int) (pointer - code.area().address());
    }

    /** Where in the module the instruction stands whose call returns to this offset in a function's code. */
    Optional<Integer> position(int function, int returnOffset) {
        OptionalInt position = code.map().position(function, returnOffset, plan.bodies()[2 * function]);
        return position.isPresent() ? Optional.of(position.getAsInt()) : Optional.empty();
    }

    /** {@code FILE:LINE} of the instruction at an offset in the module, where its debug information has it. */
    Optional<String> sourceLine(int position) {
        if (plan.debugSections().isEmpty()) {
            return Optional.empty();
        }
        DebugLines read = lines;
        if (read == null) {
            read = DebugLines.read(plan.debugSections().stream()
                    .collect(Collectors.toMap(Plan.Section::name, s -> bytes(s.content()), (first, second) -> first)));
            lines = read;
        }
        return read.at(position - codeSection());
    }

    /** Where the content of the code section begins: DWARF counts from there. */
    private int codeSection() {
        BinaryReader in = new BinaryReader(binary, 8, binary.length);
        while (true) {
            int id = in.u8();
            int length = in.u32();
            if (id == CODE_SECTION) {
                return in.position();
            }
            in.skip(length);
        }
    }

    CodeMap code() {
        return code.map();
    }

    ModuleNames names() {
        return names;
    }

    @Override
    public CoreInstance instantiate(Store store, List<Extern> imports) {
        if (!(store instanceof NativeStore own)) {
            throw new ModuleException.Link("the store is of another engine");
        }
        new ImportCheck(this, own).check(imports);
        return new Instantiation(this, own, imports).run();
    }
}
