package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.F32;
import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.ValType;

/** Numeric operators. */
final class NumberGenerator {

    private final FunctionGenerator f;

    NumberGenerator(FunctionGenerator f) {
        this.f = f;
    }

    boolean operator(ValType result) {
        Operator operator = f.any(Operator.BY_RESULT.get(result));
        switch (operator.effect()) {
            case DIVISION -> division(operator);
            case TRUNCATION -> truncation(operator);
            case ARITHMETIC -> {
                f.values(operator.params());
                f.op(operator.code());
                canonicalNan(result);
            }
            case EXACT -> {
                f.values(operator.params());
                f.op(operator.code());
            }
        }
        return true;
    }

    private void division(Operator operator) {
        ValType type = operator.result();
        f.value(type);
        f.value(type);
        if (!f.risks()) {
            // The divisor becomes positive, so neither zero nor minus one.
            boolean is32 = type == I32;
            f.constant(type, is32 ? (Object) 0x7fff : (Object) 0x7fff_ffffL);
            f.op(is32 ? 0x71 : 0x83);
            f.constant(type, is32 ? (Object) 1 : (Object) 1L);
            f.op(is32 ? 0x72 : 0x84);
        }
        f.op(operator.code());
    }

    private void truncation(Operator operator) {
        ValType from = operator.params().getFirst();
        if (f.risks()) {
            f.value(from);
        } else {
            // A positive number below 2^24 plus a fraction is in range of all.
            f.value(I32);
            f.i32(8);
            f.op(0x76);
            f.op(from == F32 ? 0xb2 : 0xb7);
            f.constant(from, from == F32 ? (Object) 0.75f : (Object) 0.75);
            f.op(from == F32 ? 0x94 : 0xa2);
        }
        f.op(operator.code());
    }

    /** Of the NaNs that an operator may give (core specification, section 4.3.3) makes one. */
    private void canonicalNan(ValType type) {
        int scratch = f.scratch(type);
        boolean is32 = type == F32;
        f.op(0x21).u32(scratch);
        if (f.random.nextBoolean()) {
            f.constant(type, is32 ? (Object) Float.NaN : (Object) Double.NaN);
            f.op(0x20).u32(scratch);
            compareWithItself(scratch, is32 ? 0x5c : 0x62);
        } else {
            f.op(0x20).u32(scratch);
            f.constant(type, is32 ? (Object) Float.NaN : (Object) Double.NaN);
            compareWithItself(scratch, is32 ? 0x5b : 0x61);
        }
        f.op(0x1b);
    }

    private void compareWithItself(int scratch, int comparison) {
        f.op(0x20).u32(scratch);
        f.op(0x20).u32(scratch);
        f.op(comparison);
    }
}
