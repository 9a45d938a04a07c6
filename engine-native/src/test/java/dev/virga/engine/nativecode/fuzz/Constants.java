package dev.virga.engine.nativecode.fuzz;

import dev.virga.engine.ValType;

/** Writes the instructions that push a constant. */
final class Constants {

    private Constants() {}

    /** @param value as {@link ValType} has it in Java; of the references only null */
    static void write(BinaryWriter code, ValType type, Object value) {
        switch (type) {
            case ValType.Num.I32 -> code.u8(0x41).signed((Integer) value);
            case ValType.Num.I64 -> code.u8(0x42).signed((Long) value);
            case ValType.Num.F32 -> code.u8(0x43).fixed(Float.floatToRawIntBits((Float) value), 4);
            case ValType.Num.F64 -> code.u8(0x44).fixed(Double.doubleToRawLongBits((Double) value), 8);
            case ValType.Num.V128 -> throw new IllegalArgumentException("the portable engine has no vectors");
            case ValType.Ref ref -> code.u8(0xd0).type(ref);
        }
    }

    /** What a variable of this type holds at first. */
    static Object zero(ValType type) {
        return switch (type) {
            case ValType.Num.I32 -> 0;
            case ValType.Num.I64 -> 0L;
            case ValType.Num.F32 -> 0f;
            case ValType.Num.F64 -> 0d;
            case ValType.Num.V128 -> throw new IllegalArgumentException("the portable engine has no vectors");
            case ValType.Ref ref -> null;
        };
    }
}
