package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/** A constant expression (core specification, section 3.4.11), decoded once and evaluated for each instance. */
record Expression(List<Instruction> instructions) {

    /** A value as its low and high 64 bits; only vectors use the high ones. */
    record Value(long low, long high) {
        static final Value NULL = new Value(0, 0);

        static Value of(long low) {
            return new Value(low, 0);
        }
    }

    sealed interface Instruction {
        record Constant(Value value) implements Instruction {}

        record GlobalGet(int global) implements Instruction {}

        record RefFunc(int function) implements Instruction {}

        record Arithmetic(int opcode) implements Instruction {}
    }

    /** What an expression can refer to. */
    interface Scope {
        Value global(int index);

        /** The address of a function's record. */
        long function(int index);
    }

    Expression {
        instructions = List.copyOf(instructions);
    }

    static Expression read(byte[] module, Plan.Range range) {
        BinaryReader in = new BinaryReader(module, range.offset(), range.end());
        List<Instruction> instructions = new ArrayList<>();
        for (int opcode = in.u8(); opcode != 0x0b; opcode = in.u8()) {
            instructions.add(switch (opcode) {
                case 0x23 -> new Instruction.GlobalGet(in.u32());
                case 0x41 -> constant(in.signed(32));
                case 0x42 -> constant(in.signed(64));
                case 0x43 -> constant(little(in, 4));
                case 0x44 -> constant(little(in, 8));
                case 0xd0 -> {
                    in.signed(33);
                    yield constant(0);
                }
                case 0xd2 -> new Instruction.RefFunc(in.u32());
                case 0xfd -> {
                    in.u32();
                    yield new Instruction.Constant(new Value(little(in, 8), little(in, 8)));
                }
                default -> new Instruction.Arithmetic(opcode);
            });
        }
        return new Expression(instructions);
    }

    private static Instruction constant(long value) {
        return new Instruction.Constant(Value.of(value));
    }

    private static long little(BinaryReader in, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.u8() << 8 * i;
        }
        return value;
    }

    /** The value as an unsigned 32-bit number, where it is the same for all instances. */
    OptionalLong constantAddress() {
        return instructions.size() == 1 && instructions.getFirst() instanceof Instruction.Constant c
                ? OptionalLong.of(Integer.toUnsignedLong((int) c.value().low()))
                : OptionalLong.empty();
    }

    Value evaluate(Scope scope) {
        if (instructions.size() == 1) {
            return simple(instructions.getFirst(), scope);
        }
        Deque<Value> stack = new ArrayDeque<>();
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.Arithmetic(int opcode)) {
                long second = stack.pop().low();
                long first = stack.pop().low();
                stack.push(Value.of(compute(opcode, first, second)));
            } else {
                stack.push(simple(instruction, scope));
            }
        }
        return stack.pop();
    }

    private static Value simple(Instruction instruction, Scope scope) {
        return switch (instruction) {
            case Instruction.Constant(Value value) -> value;
            case Instruction.GlobalGet(int global) -> scope.global(global);
            case Instruction.RefFunc(int function) -> Value.of(scope.function(function));
            case Instruction.Arithmetic a -> throw new IllegalStateException("an operator without operands");
        };
    }

    private static long compute(int opcode, long first, long second) {
        return switch (opcode) {
            case 0x6a -> (int) first + (int) second;
            case 0x6b -> (int) first - (int) second;
            case 0x6c -> (int) first * (int) second;
            case 0x7c -> first + second;
            case 0x7d -> first - second;
            case 0x7e -> first * second;
            default -> throw new IllegalStateException("the instruction " + opcode + " is not constant");
        };
    }
}
