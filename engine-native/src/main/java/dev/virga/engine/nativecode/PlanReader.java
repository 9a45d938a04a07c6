package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.HeapType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads a plan as the code generator writes it. */
final class PlanReader {

    private final BinaryReader in;
    private final byte[] module;

    private PlanReader(byte[] plan, byte[] module) {
        this.in = new BinaryReader(plan, 0, plan.length);
        this.module = module;
    }

    /** @param module the bytes to which the plan's ranges refer */
    static Plan read(byte[] plan, byte[] module) {
        return new PlanReader(plan, module).plan();
    }

    private Plan plan() {
        List<FuncType> types = list(() -> new FuncType(list(this::valType), list(this::valType)));
        int importedFunctions = in.u32();
        int[] functionTypes = indices();
        int importedTables = in.u32();
        List<Plan.Table> tables = numbered(index -> table(index >= importedTables));
        int importedMemories = in.u32();
        List<MemoryType> memories = list(() -> new MemoryType(limits(), false));
        int importedGlobals = in.u32();
        List<Plan.Global> globals = numbered(index -> global(index >= importedGlobals));
        int importedTags = in.u32();
        int[] tagTypes = indices();
        List<Plan.Export> exports = list(() -> new Plan.Export(Plan.Kind.values()[in.u8()], in.u32()));
        int start = in.u32();
        List<Plan.Element> elements = list(this::element);
        List<Plan.Data> data = list(this::data);
        int[] referenced = indices();
        Plan.Layout layout =
                new Plan.Layout(in.u32(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
        List<Plan.Stub> stubs = list(() -> new Plan.Stub(Plan.StubKind.values()[in.u8()], in.u32()));
        Plan.Range names = range();
        List<Plan.Section> debug = list(() -> new Plan.Section(in.name(), range()));
        int[] bodies = new int[(functionTypes.length - importedFunctions) * 2];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = in.u32();
        }
        return new Plan(
                types, importedFunctions, functionTypes, importedTables, tables, importedMemories, memories,
                importedGlobals, globals, importedTags, tagTypes, exports,
                start == 0 ? OptionalInt.empty() : OptionalInt.of(start - 1),
                elements, data, referenced, layout, stubs, names, debug, bodies);
    }

    private <T> List<T> list(Supplier<T> element) {
        return numbered(index -> element.get());
    }

    private <T> List<T> numbered(java.util.function.IntFunction<T> element) {
        int count = in.u32();
        List<T> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(element.apply(i));
        }
        return List.copyOf(result);
    }

    private int[] indices() {
        int[] result = new int[in.u32()];
        for (int i = 0; i < result.length; i++) {
            result[i] = in.u32();
        }
        return result;
    }

    private ValType valType() {
        return switch (in.u8()) {
            case 0 -> ValType.Num.I32;
            case 1 -> ValType.Num.I64;
            case 2 -> ValType.Num.F32;
            case 3 -> ValType.Num.F64;
            case 4 -> ValType.Num.V128;
            case 5 -> ValType.Ref.FUNC;
            case 6 -> ValType.Ref.EXTERN;
            default -> new ValType.Ref(true, HeapType.Abstract.EXN);
        };
    }

    private Limits limits() {
        boolean hasMax = in.u8() != 0;
        long min = in.unsigned(64);
        return new Limits(min, hasMax ? OptionalLong.of(in.unsigned(64)) : OptionalLong.empty(), false);
    }

    private Plan.Table table(boolean own) {
        TableType type = new TableType((ValType.Ref) valType(), limits());
        return new Plan.Table(type, own ? optionalExpression() : Optional.empty());
    }

    private Plan.Global global(boolean own) {
        GlobalType type = new GlobalType(valType(), in.u8() != 0);
        return new Plan.Global(type, own ? Optional.of(expression()) : Optional.empty());
    }

    private Plan.Element element() {
        Plan.Mode mode = Plan.Mode.values()[in.u8()];
        boolean active = mode == Plan.Mode.ACTIVE;
        int table = active ? in.u32() : 0;
        Optional<Expression> offset = active ? Optional.of(expression()) : Optional.empty();
        valType();
        return in.u8() == 0
                ? new Plan.Element(mode, table, offset, indices(), List.of())
                : new Plan.Element(mode, table, offset, new int[0], list(this::expression));
    }

    private Plan.Data data() {
        Plan.Mode mode = Plan.Mode.values()[in.u8()];
        boolean active = mode == Plan.Mode.ACTIVE;
        int memory = active ? in.u32() : 0;
        Optional<Expression> offset = active ? Optional.of(expression()) : Optional.empty();
        return new Plan.Data(mode, memory, offset, range());
    }

    private Plan.Range range() {
        return new Plan.Range(in.u32(), in.u32());
    }

    private Expression expression() {
        return Expression.read(module, range());
    }

    private Optional<Expression> optionalExpression() {
        Plan.Range range = range();
        return range.length() == 0 ? Optional.empty() : Optional.of(Expression.read(module, range));
    }
}
