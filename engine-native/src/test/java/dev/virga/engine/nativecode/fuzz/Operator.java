package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.F32;
import static dev.virga.engine.ValType.Num.F64;
import static dev.virga.engine.ValType.Num.I32;
import static dev.virga.engine.ValType.Num.I64;

import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A numeric operator (core specification, section 5.4.7).
 *
 * @param code for one with a prefix: the prefix and the number, {@code 0xfc07}
 */
record Operator(int code, List<ValType> params, ValType result, Effect effect) {

    enum Effect {
        EXACT,
        /** The bits of a NaN that it gives are the engine's choice (section 4.3.3). */
        ARITHMETIC,
        /** Traps at a zero divisor, or where the quotient is too large. */
        DIVISION,
        /** Traps at a NaN and at what is out of range. */
        TRUNCATION
    }

    static final Map<ValType, List<Operator>> BY_RESULT =
            all().stream().collect(Collectors.groupingBy(Operator::result));

    private static List<Operator> all() {
        List<Operator> all = new ArrayList<>();
        integers(all, I32, 0x45, 0x67);
        integers(all, I64, 0x50, 0x79);
        floats(all, F32, 0x5b, 0x8b);
        floats(all, F64, 0x61, 0x99);
        range(all, 0xa7, 0xa7, Effect.EXACT, I32, I64);
        truncations(all, I32, 0xa8, Effect.TRUNCATION);
        range(all, 0xac, 0xad, Effect.EXACT, I64, I32);
        truncations(all, I64, 0xae, Effect.TRUNCATION);
        range(all, 0xb2, 0xb3, Effect.EXACT, F32, I32);
        range(all, 0xb4, 0xb5, Effect.EXACT, F32, I64);
        range(all, 0xb6, 0xb6, Effect.ARITHMETIC, F32, F64);
        range(all, 0xb7, 0xb8, Effect.EXACT, F64, I32);
        range(all, 0xb9, 0xba, Effect.EXACT, F64, I64);
        range(all, 0xbb, 0xbb, Effect.ARITHMETIC, F64, F32);
        range(all, 0xbc, 0xbc, Effect.EXACT, I32, F32);
        range(all, 0xbd, 0xbd, Effect.EXACT, I64, F64);
        range(all, 0xbe, 0xbe, Effect.EXACT, F32, I32);
        range(all, 0xbf, 0xbf, Effect.EXACT, F64, I64);
        range(all, 0xc0, 0xc1, Effect.EXACT, I32, I32);
        range(all, 0xc2, 0xc4, Effect.EXACT, I64, I64);
        truncations(all, I32, 0xfc00, Effect.EXACT);
        truncations(all, I64, 0xfc04, Effect.EXACT);
        return all;
    }

    private static void integers(List<Operator> all, ValType type, int tests, int arithmetic) {
        range(all, tests, tests, Effect.EXACT, I32, type);
        range(all, tests + 1, tests + 10, Effect.EXACT, I32, type, type);
        range(all, arithmetic, arithmetic + 2, Effect.EXACT, type, type);
        range(all, arithmetic + 3, arithmetic + 5, Effect.EXACT, type, type, type);
        range(all, arithmetic + 6, arithmetic + 9, Effect.DIVISION, type, type, type);
        range(all, arithmetic + 10, arithmetic + 17, Effect.EXACT, type, type, type);
    }

    private static void floats(List<Operator> all, ValType type, int tests, int arithmetic) {
        range(all, tests, tests + 5, Effect.EXACT, I32, type, type);
        range(all, arithmetic, arithmetic + 1, Effect.EXACT, type, type);
        range(all, arithmetic + 2, arithmetic + 6, Effect.ARITHMETIC, type, type);
        range(all, arithmetic + 7, arithmetic + 12, Effect.ARITHMETIC, type, type, type);
        range(all, arithmetic + 13, arithmetic + 13, Effect.EXACT, type, type, type);
    }

    private static void truncations(List<Operator> all, ValType result, int first, Effect effect) {
        range(all, first, first + 1, effect, result, F32);
        range(all, first + 2, first + 3, effect, result, F64);
    }

    private static void range(
            List<Operator> all, int first, int last, Effect effect, ValType result, ValType... params) {
        for (int code = first; code <= last; code++) {
            all.add(new Operator(code, List.of(params), result, effect));
        }
    }
}
