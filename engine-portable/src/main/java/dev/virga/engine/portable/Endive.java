package dev.virga.engine.portable;

import run.endive.wasm.types.ValType;
import run.endive.wasm.types.Value;

/** Numbers as Endive passes them in arrays: in 64 bits. */
final class Endive {

    private Endive() {}

    static long bits(Object number) {
        return switch (number) {
            case Integer i -> i;
            case Long l -> l;
            case Float f -> Value.floatToLong(f);
            case Double d -> Value.doubleToLong(d);
            default -> throw new IllegalArgumentException("no number: " + number);
        };
    }

    /** A number, or the number that stands for a function reference. */
    static Object number(long bits, ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I64 -> bits;
            case ValType.ID.F32 -> Value.longToFloat(bits);
            case ValType.ID.F64 -> Value.longToDouble(bits);
            default -> (int) bits;
        };
    }
}
