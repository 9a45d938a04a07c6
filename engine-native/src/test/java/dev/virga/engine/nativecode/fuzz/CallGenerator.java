package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Calls: direct ones, and through tables. */
final class CallGenerator {

    private static final int CALL = 0x10;
    private static final int CALL_INDIRECT = 0x11;
    private static final int RETURN_CALL = 0x12;
    private static final int RETURN_CALL_INDIRECT = 0x13;

    private final FunctionGenerator f;

    CallGenerator(FunctionGenerator f) {
        this.f = f;
    }

    /** Pushes the first result of a function; false if there is none that gives this. */
    boolean value(ValType wanted) {
        List<Integer> fitting =
                functions(type -> !type.results().isEmpty() && type.results().getFirst().equals(wanted));
        if (fitting.isEmpty()) {
            return false;
        }
        f.convert(call(f.any(fitting)), List.of(wanted));
        return true;
    }

    void statement() {
        List<Integer> fitting = functions(type -> true);
        if (!fitting.isEmpty()) {
            f.convert(call(f.any(fitting)), List.of());
        }
    }

    /** Leaves the function by a call; false if no function gives what this one gives. */
    boolean tail() {
        List<Integer> fitting = f.shape.tailCalls()
                ? functions(type -> type.results().equals(f.type.results()))
                : List.of();
        if (fitting.isEmpty()) {
            return false;
        }
        emit(f.any(fitting), RETURN_CALL, RETURN_CALL_INDIRECT);
        return true;
    }

    /** Mostly those that come later: else recursion would use up the fuel before anything else is done. */
    private List<Integer> functions(Predicate<FuncType> wanted) {
        boolean any = f.random.nextInt(8) == 0;
        return IntStream.range(0, f.shape.functions().size())
                .filter(callee -> any || callee > f.function || callee < f.shape.importedFunctions())
                .filter(callee -> wanted.test(f.shape.functions().get(callee)))
                .boxed()
                .toList();
    }

    /** The types of the results, which are on the stack. */
    private List<ValType> call(int callee) {
        return emit(callee, CALL, CALL_INDIRECT).results();
    }

    /** Calls this function, or through a table one of its type. */
    private FuncType emit(int callee, int direct, int indirect) {
        FuncType type = f.shape.functions().get(callee);
        boolean grouped = f.shape.groups().containsKey(type);
        f.values(type.params());
        List<Integer> tables = IntStream.range(0, f.shape.tables().size())
                .filter(table -> Values.isFunction(f.shape.tables().get(table).element()))
                .boxed()
                .toList();
        if (indirect == CALL_INDIRECT && f.risks()) {
            f.value(I32);
            if (f.random.nextBoolean()) {
                f.i32(15);
                f.op(0x71);
            }
            f.op(indirect).u32(f.shape.typeIndex(type)).u32(f.any(tables));
        } else if (grouped && f.random.nextInt(3) == 0) {
            f.value(I32);
            f.i32(ModuleShape.GROUP - 1);
            f.op(0x71);
            f.i32(f.shape.groups().get(type));
            f.op(0x6a);
            f.op(indirect).u32(f.shape.typeIndex(type)).u32(f.shape.typed());
        } else {
            f.op(direct).u32(callee);
        }
        return type;
    }
}
