package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.F32;
import static dev.virga.engine.ValType.Num.F64;
import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the body of one function: statements, which leave the operand stack as it was, and values,
 * which push one operand of a type. This class has variables and constants, and chooses; the others
 * have the instructions of one kind each.
 */
final class FunctionGenerator {

    private static final int MAX_DEPTH = 7;

    final Random random;
    final ModuleShape shape;
    final int function;
    final FuncType type;
    final BinaryWriter code = new BinaryWriter();
    /** Parameters first. At the end, for code to use only as meant: loop counters, and scratch for NaNs. */
    private final List<ValType> locals = new ArrayList<>();
    private final int settable;
    private final int readable;
    private final ControlGenerator control;
    private final NumberGenerator numbers;
    private final MemoryGenerator memory;
    private final TableGenerator table;
    private final CallGenerator calls;
    /** How often of 1000 times code does what may trap. */
    private final int recklessness;
    private int budget;
    private int depth;

    FunctionGenerator(Random random, ModuleShape shape, int function) {
        this.random = random;
        this.shape = shape;
        this.function = function;
        this.type = shape.functions().get(function);
        locals.addAll(type.params());
        for (int i = random.nextInt(2, 9); i > 0; i--) {
            locals.add(Values.type(random));
        }
        settable = locals.size();
        for (int i = 0; i < ControlGenerator.COUNTERS; i++) {
            locals.add(I32);
        }
        readable = locals.size();
        locals.addAll(List.of(F32, F64));
        recklessness = new int[] {0, 0, 2, 10, 30, 80}[random.nextInt(6)];
        budget = random.nextInt(15, 110);
        control = new ControlGenerator(this);
        numbers = new NumberGenerator(this);
        memory = new MemoryGenerator(this);
        table = new TableGenerator(this);
        calls = new CallGenerator(this);
    }

    /** The body with its locals, as the code section has it. */
    byte[] generate() {
        control.body();
        BinaryWriter body = new BinaryWriter();
        List<ValType> declared = locals.subList(type.params().size(), locals.size());
        body.u32(declared.size());
        declared.forEach(local -> body.u32(1).type(local));
        return body.bytes(code.toByteArray()).toByteArray();
    }

    int scratch(ValType type) {
        return readable + (type == F32 ? 0 : 1);
    }

    int counter(int number) {
        return settable + number;
    }

    /** Whether to do something that may trap. */
    boolean risks() {
        return random.nextInt(1000) < recklessness;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    BinaryWriter op(int opcode) {
        return opcode > 0xff ? code.u8(opcode >> 8).u32(opcode & 0xff) : code.u8(opcode);
    }

    void i32(long value) {
        op(0x41).signed((int) value);
    }

    void constant(ValType type, Object value) {
        Constants.write(code, type, value);
    }

    void values(List<ValType> types) {
        types.forEach(this::value);
    }

    void value(ValType type) {
        if (--budget < 0 || depth >= MAX_DEPTH || random.nextInt(8) == 0) {
            leaf(type);
            return;
        }
        depth++;
        if (!compound(type)) {
            leaf(type);
        }
        depth--;
    }

    /** Whether it could be done. */
    private boolean compound(ValType type) {
        if (type instanceof ValType.Ref ref) {
            return switch (random.nextInt(5)) {
                case 0 -> table.get(ref);
                case 1 -> calls.value(type);
                case 2 -> control.select(type);
                default -> control.value(type);
            };
        }
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> memory.load(type);
            case 4, 5 -> control.value(type);
            case 6 -> control.select(type);
            case 7, 8 -> calls.value(type);
            case 9 -> tee(type);
            case 10 -> type == I32 && (random.nextBoolean() ? memory.size() : table.size());
            case 11 -> type == I32 && isNull();
            default -> numbers.operator(type);
        };
    }

    private boolean isNull() {
        value(random.nextBoolean() ? ValType.Ref.FUNC : ValType.Ref.EXTERN);
        op(0xd1);
        return true;
    }

    private boolean tee(ValType type) {
        List<Integer> own = settableLocals(type);
        if (own.isEmpty()) {
            return false;
        }
        value(type);
        op(0x22).u32(any(own));
        return true;
    }

    /** Pushes a value without operands of its own. */
    private void leaf(ValType type) {
        List<Integer> own = indices(locals.subList(0, readable), type);
        List<Integer> global = globals(type, false);
        int choice = random.nextInt(6);
        if (choice < 3 && !own.isEmpty()) {
            op(0x20).u32(any(own));
        } else if (choice == 3 && !global.isEmpty()) {
            op(0x23).u32(any(global));
        } else if (Values.isFunction(type) && !shape.referable().isEmpty() && random.nextInt(4) > 0) {
            op(0xd2).u32(any(shape.referable()));
        } else if (type instanceof ValType.Ref) {
            constant(type, null);
        } else {
            constant(type, Values.random(type, random));
        }
    }

    void statements(int count) {
        for (int i = 0; i < count && budget > 0; i++) {
            budget--;
            depth++;
            statement();
            depth--;
        }
    }

    private void statement() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> pop(push());
            case 4, 5, 6, 7 -> memory.store();
            case 8 -> memory.bulk();
            case 9, 10 -> table.change();
            case 11, 12 -> calls.statement();
            case 13 -> memory.grow();
            default -> control.statement();
        }
    }

    private ValType push() {
        ValType pushed = Values.type(random);
        value(pushed);
        return pushed;
    }

    /** Takes an operand from the stack, mostly to keep it in a variable. */
    void pop(ValType type) {
        List<Integer> own = settableLocals(type);
        List<Integer> global = globals(type, true);
        int choice = random.nextInt(6);
        if (choice < 3 && !own.isEmpty()) {
            op(0x21).u32(any(own));
        } else if (choice < 5 && !global.isEmpty()) {
            op(0x24).u32(any(global));
        } else {
            op(0x1a);
        }
    }

    /** Makes these operands of those: what the beginnings share may stay, the rest is popped and pushed. */
    void convert(List<ValType> from, List<ValType> to) {
        int shared = 0;
        while (shared < from.size() && shared < to.size() && from.get(shared).equals(to.get(shared))) {
            shared++;
        }
        for (int i = from.size() - 1; i >= shared; i--) {
            pop(from.get(i));
        }
        values(to.subList(shared, to.size()));
    }

    private List<Integer> settableLocals(ValType type) {
        return indices(locals.subList(0, settable), type);
    }

    private List<Integer> globals(ValType type, boolean mutable) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < shape.globals().size(); i++) {
            GlobalType global = shape.globals().get(i);
            if (i != shape.fuel() && global.value().equals(type) && (global.mutable() || !mutable)) {
                found.add(i);
            }
        }
        return found;
    }

    private static List<Integer> indices(List<ValType> types, ValType wanted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).equals(wanted)) {
                found.add(i);
            }
        }
        return found;
    }
}
