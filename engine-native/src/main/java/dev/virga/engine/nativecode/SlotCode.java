package dev.virga.engine.nativecode;

import dev.virga.engine.V128;
import dev.virga.engine.ValType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Bytecode that reads and writes slots; references are in it as numbers. */
final class SlotCode {

    private static final ClassDesc RAW = desc(Raw.class);
    private static final ClassDesc VECTOR = desc(V128.class);

    private SlotCode() {}

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    static TypeKind kind(ValType type) {
        return type instanceof ValType.Ref ? TypeKind.LONG : TypeKind.from(type.carrier());
    }

    /** Pushes the address of the slot at an offset. */
    static void address(CodeBuilder code, int slots, int offset) {
        code.lload(slots);
        if (offset != 0) {
            code.loadConstant((long) offset).ladd();
        }
    }

    /** From address to value. */
    static void get(CodeBuilder code, ValType type) {
        code.invokestatic(RAW, "get" + name(type), MethodTypeDesc.of(carrier(type), ConstantDescs.CD_long));
    }

    /** Takes address and value. */
    static void put(CodeBuilder code, ValType type) {
        code.invokestatic(RAW, "put" + name(type),
                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, carrier(type)));
    }

    private static String name(ValType type) {
        return switch (type) {
            case ValType.Num.I32 -> "Int";
            case ValType.Num.I64 -> "Long";
            case ValType.Num.F32 -> "Float";
            case ValType.Num.F64 -> "Double";
            case ValType.Num.V128 -> "Vector";
            case ValType.Ref ref -> "Long";
        };
    }

    private static ClassDesc carrier(ValType type) {
        return switch (type) {
            case ValType.Num.I32 -> ConstantDescs.CD_int;
            case ValType.Num.I64 -> ConstantDescs.CD_long;
            case ValType.Num.F32 -> ConstantDescs.CD_float;
            case ValType.Num.F64 -> ConstantDescs.CD_double;
            case ValType.Num.V128 -> VECTOR;
            case ValType.Ref ref -> ConstantDescs.CD_long;
        };
    }
}
