package dev.virga.engine.portable;

import dev.virga.engine.ModuleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Global;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/** Vectors, which Endive's compiler does not know: what uses them is refused by name. */
final class Vectors {

    private static final int PREFIX = 0xfd00;
    private static final int FIRST_RELAXED = 0x100;
    /** The relaxed ones in order of their numbers (core specification, section 5.4.8). */
    private static final List<String> RELAXED = List.of(
            "i8x16.relaxed_swizzle",
            "i32x4.relaxed_trunc_f32x4_s", "i32x4.relaxed_trunc_f32x4_u",
            "i32x4.relaxed_trunc_f64x2_s_zero", "i32x4.relaxed_trunc_f64x2_u_zero",
            "f32x4.relaxed_madd", "f32x4.relaxed_nmadd", "f64x2.relaxed_madd", "f64x2.relaxed_nmadd",
            "i8x16.relaxed_laneselect", "i16x8.relaxed_laneselect",
            "i32x4.relaxed_laneselect", "i64x2.relaxed_laneselect",
            "f32x4.relaxed_min", "f32x4.relaxed_max", "f64x2.relaxed_min", "f64x2.relaxed_max",
            "i16x8.relaxed_q15mulr_s",
            "i16x8.relaxed_dot_i8x16_i7x16_s", "i32x4.relaxed_dot_i8x16_i7x16_add_s");

    private Vectors() {}

    /** The name of the vector instruction of this number, if there is one. */
    static Optional<String> name(long number) {
        if (number >= FIRST_RELAXED) {
            long relaxed = number - FIRST_RELAXED;
            return relaxed < RELAXED.size() ? Optional.of(RELAXED.get((int) relaxed)) : Optional.empty();
        }
        return Optional.ofNullable(OpCode.byOpCode(PREFIX + (int) number))
                .map(opcode -> opcode.name().toLowerCase(Locale.ROOT).replaceFirst("_", "."));
    }

    /** Refuses types with vectors, which Endive's compiler fails at or takes for 64 bits. */
    static void checkTypes(WasmModule module) {
        for (FunctionType type : module.typeSection().types()) {
            if (type != null && (type.params().contains(ValType.V128) || type.returns().contains(ValType.V128))) {
                throw refused("v128", "a function type");
            }
        }
        Stream<ValType> imported = module.importSection().stream()
                .filter(GlobalImport.class::isInstance).map(global -> ((GlobalImport) global).type());
        Stream<ValType> defined = Stream.of(module.globalSection().globals()).map(Global::valueType);
        if (Stream.concat(imported, defined).anyMatch(ValType.V128::equals)) {
            throw refused("v128", "a global");
        }
    }

    static ModuleException.Unsupported refused(String what, String where) {
        return new ModuleException.Unsupported("SIMD (" + what + " in " + where
                + "): the portable engine has no vector instructions; build the guest without -msimd128");
    }
}
