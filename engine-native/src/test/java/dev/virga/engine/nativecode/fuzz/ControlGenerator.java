package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Blocks, branches, and what ends every loop and every recursion: the fuel. */
final class ControlGenerator {

    /** How many loops may count inside each other. */
    static final int COUNTERS = 3;

    /** What a call of the host may use. */
    static final int FUEL = 2000;

    /** So few calls fit in the fuel that no stack overflows. */
    private static final int CALL_FEE = 25;

    private static final int UNREACHABLE = 0x00;
    private static final int NOP = 0x01;
    private static final int BLOCK = 0x02;
    private static final int LOOP = 0x03;
    private static final int IF = 0x04;
    private static final int ELSE = 0x05;
    private static final int END = 0x0b;
    private static final int BR = 0x0c;
    private static final int BR_IF = 0x0d;
    private static final int BR_TABLE = 0x0e;
    private static final int RETURN = 0x0f;

    private final FunctionGenerator f;
    private final CallGenerator calls;
    /** The innermost is the last. */
    private final List<Label> labels = new ArrayList<>();
    private int counting;

    /**
     * What a branch to a label takes.
     *
     * @param isTarget false at the end of a block with parameters: Endive 1.0.0 takes the height of the
     *     operand stack before them for that after them, and the JVM refuses what it makes of a branch
     */
    private record Label(List<ValType> types, boolean isTarget) {}

    ControlGenerator(FunctionGenerator f) {
        this.f = f;
        this.calls = new CallGenerator(f);
    }

    void body() {
        labels.add(new Label(f.type.results(), true));
        pay(CALL_FEE);
        f.statements(f.random.nextInt(2, 12));
        f.values(f.type.results());
        // Where a block and the function end at once, Endive 1.0.0 lets operands stay that a branch there leaves.
        f.op(NOP);
        f.op(END);
    }

    /** Leaves the function with zeros if there is no fuel left. */
    private void pay(int fee) {
        int fuel = f.shape.fuel();
        f.op(0x23).u32(fuel);
        f.i32(fee);
        f.op(0x48);
        f.op(IF).u8(0x40);
        if (f.risks()) {
            f.op(UNREACHABLE);
        } else {
            f.type.results().forEach(type -> f.constant(type, Constants.zero(type)));
            f.op(RETURN);
        }
        f.op(END);
        f.op(0x23).u32(fuel);
        f.i32(fee);
        f.op(0x6b);
        f.op(0x24).u32(fuel);
    }

    boolean select(ValType type) {
        f.value(type);
        f.value(type);
        f.value(I32);
        if (type instanceof ValType.Num && f.random.nextBoolean()) {
            f.op(0x1b);
        } else {
            f.op(0x1c).u32(1).type(type);
        }
        return true;
    }

    boolean value(ValType type) {
        List<Integer> fitting =
                targets(types -> !types.isEmpty() && types.getFirst().equals(type));
        if (!fitting.isEmpty() && f.random.nextInt(3) == 0) {
            f.convert(branchIf(f.any(fitting)), List.of(type));
            return true;
        }
        List<ValType> results = new ArrayList<>(types(2));
        results.addFirst(type);
        block(results);
        f.convert(results, List.of(type));
        return true;
    }

    void statement() {
        switch (f.random.nextInt(10)) {
            case 0, 1 -> countedLoop();
            case 2 -> {
                List<ValType> results = types(3);
                block(results);
                f.convert(results, List.of());
            }
            case 3 -> f.convert(branchIf(f.any(targets(types -> true))), List.of());
            case 4 -> conditionalJump();
            case 5 -> cases();
            case 6 -> f.op(NOP);
            default -> block(List.of());
        }
    }

    /** At most so many types, often none. */
    private List<ValType> types(int most) {
        return IntStream.range(0, Math.max(0, f.random.nextInt(-2, most + 1)))
                .mapToObj(i -> Values.type(f.random))
                .toList();
    }

    private void block(List<ValType> results) {
        List<ValType> params = types(2);
        f.values(params);
        switch (f.random.nextInt(5)) {
            case 0 -> {
                open(LOOP, params, results, params);
                pay(1);
                inside(params, results);
            }
            case 1 -> {
                open(BLOCK, params, results, results);
                inside(params, results);
            }
            default -> {
                f.value(I32);
                open(IF, params, results, results);
                inside(params, results);
                if (!params.equals(results) || f.random.nextBoolean()) {
                    f.op(ELSE);
                    inside(params, results);
                }
            }
        }
        close();
    }

    private void open(int opcode, List<ValType> params, List<ValType> results, List<ValType> label) {
        f.op(opcode);
        if (!params.isEmpty() || results.size() > 1) {
            f.code.signed(f.shape.typeIndex(new FuncType(params, results)));
        } else if (results.isEmpty()) {
            f.code.u8(0x40);
        } else {
            f.code.type(results.getFirst());
        }
        labels.add(new Label(label, opcode == LOOP || params.isEmpty()));
    }

    private void close() {
        f.op(END);
        labels.removeLast();
    }

    /** What stands in a block; the parameters are on the stack, and the results must be in the end. */
    private void inside(List<ValType> params, List<ValType> results) {
        List<ValType> operands = params;
        if (f.random.nextBoolean()) {
            f.convert(operands, List.of());
            operands = List.of();
        }
        f.statements(f.random.nextInt(4));
        if (f.random.nextInt(12) == 0) {
            jump();
            // What follows is dead, with a stack of whatever is asked for (core specification, appendix A.3).
            f.statements(f.random.nextInt(2));
            if (f.random.nextBoolean()) {
                return;
            }
        }
        f.convert(operands, results);
    }

    private void countedLoop() {
        if (counting == COUNTERS) {
            return;
        }
        int counter = f.counter(counting++);
        f.i32(f.random.nextInt(1, 12));
        f.op(0x21).u32(counter);
        open(LOOP, List.of(), List.of(), List.of());
        pay(1);
        f.statements(f.random.nextInt(1, 4));
        f.op(0x20).u32(counter);
        f.i32(1);
        f.op(0x6b);
        f.op(0x22).u32(counter);
        f.op(BR_IF).u32(0);
        close();
        counting--;
    }

    /** A branch of which the operands stay on the stack if it is not taken: their types. */
    private List<ValType> branchIf(int label) {
        f.values(labels.get(label).types());
        f.value(I32);
        f.op(BR_IF).u32(distance(label));
        return labels.get(label).types();
    }

    /** The labels that a branch may go to with operands of such types. */
    private List<Integer> targets(Predicate<List<ValType>> wanted) {
        return IntStream.range(0, labels.size())
                .filter(i -> labels.get(i).isTarget() && wanted.test(labels.get(i).types()))
                .boxed()
                .toList();
    }

    private int distance(int label) {
        return labels.size() - 1 - label;
    }

    private void conditionalJump() {
        f.value(I32);
        open(IF, List.of(), List.of(), List.of());
        f.statements(f.random.nextInt(2));
        jump();
        close();
    }

    /** Goes elsewhere for good. */
    private void jump() {
        int label = f.any(targets(types -> true));
        switch (f.random.nextInt(5)) {
            case 0 -> {
                if (!calls.tail()) {
                    leave();
                }
            }
            case 1 -> branchTable(label);
            case 2 -> leave();
            default -> {
                f.values(labels.get(label).types());
                f.op(BR).u32(distance(label));
            }
        }
    }

    private void leave() {
        if (f.risks()) {
            f.op(UNREACHABLE);
        } else {
            f.values(f.type.results());
            f.op(RETURN);
        }
    }

    private void branchTable(int label) {
        List<Integer> alike = targets(labels.get(label).types()::equals);
        f.values(labels.get(label).types());
        int count = f.random.nextInt(6);
        index(count);
        f.op(BR_TABLE).u32(count);
        for (int i = 0; i <= count; i++) {
            f.code.u32(distance(f.any(alike)));
        }
    }

    private void index(int count) {
        f.value(I32);
        if (f.random.nextInt(4) > 0) {
            f.i32(Integer.highestOneBit(count + 1) * 2 - 1);
            f.op(0x71);
        }
    }

    /** What compilers make of a switch: blocks inside each other, and a table that leaves so many. */
    private void cases() {
        int count = f.random.nextInt(2, 5);
        for (int i = 0; i < count; i++) {
            open(BLOCK, List.of(), List.of(), List.of());
        }
        int targets = f.random.nextInt(1, 9);
        index(targets);
        f.op(BR_TABLE).u32(targets);
        for (int i = 0; i <= targets; i++) {
            f.code.u32(f.random.nextInt(count));
        }
        for (int i = 0; i < count; i++) {
            close();
            f.statements(f.random.nextInt(3));
        }
    }
}
