package dev.virga.component.abi;

import dev.virga.engine.ValType.Num;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Emits code that moves single values between core values, memory and carriers. */
final class ValueCode {

    private static final ClassDesc LIFT = AdapterClass.desc(Lift.class);
    private static final ClassDesc LOWER = AdapterClass.desc(Lower.class);
    private static final ClassDesc SCALARS = AdapterClass.desc(Scalars.class);
    private static final ClassDesc FLOAT = AdapterClass.desc(Float.class);
    private static final ClassDesc DOUBLE = AdapterClass.desc(Double.class);

    private final AdapterClass adapter;
    private final CodeBuilder code;

    ValueCode(AdapterClass adapter, CodeBuilder code) {
        this.adapter = adapter;
        this.code = code;
    }

    /** Makes a {@link Lift} or {@link Lower} for the context in local 0: the new local. */
    int open(Class<?> type) {
        ClassDesc desc = AdapterClass.desc(type);
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.new_(desc).dup().aload(0)
                .invokespecial(desc, "<init>", AdapterClass.method(void.class, LiftLowerContext.class))
                .astore(local);
        return local;
    }

    /** Lifts from the core values in locals: pushes the carrier. */
    void liftFlat(Codec codec, int in, List<Num> types, int[] locals) {
        switch (codec) {
            case Scalar scalar -> {
                code.loadLocal(kind(types.getFirst()), locals[0]);
                lift(scalar);
            }
            case SlotCodec slot -> {
                adapter.constant(code, slot);
                code.aload(in).iload(locals[0]);
                invoke(SlotCodec.class, "lift", Object.class, Lift.class, int.class);
            }
            case RangeCodec range -> {
                adapter.constant(code, range);
                code.aload(in).iload(locals[0]).iload(locals[1]);
                invoke(RangeCodec.class, "lift", Object.class, Lift.class, int.class, int.class);
            }
            default -> {
                adapter.constant(code, codec);
                code.aload(in).loadConstant(types.size()).newarray(TypeKind.LONG);
                for (int i = 0; i < types.size(); i++) {
                    code.dup().loadConstant(i).loadLocal(kind(types.get(i)), locals[i]);
                    toBits(types.get(i));
                    code.lastore();
                }
                code.iconst_0();
                invoke(Codec.class, "liftFlat", Object.class, Lift.class, long[].class, int.class);
            }
        }
    }

    /** Loads from an offset behind the address in a local: pushes the carrier. */
    void load(Codec codec, int in, int address, int offset) {
        if (codec instanceof Scalar scalar) {
            code.aload(in);
            pushAddress(address, offset);
            if (scalar.layout().size() == 8) {
                code.invokevirtual(LIFT, "i64", AdapterClass.method(long.class, long.class));
            } else {
                code.loadConstant(scalar.layout().size())
                        .invokevirtual(LIFT, "unsigned", AdapterClass.method(int.class, long.class, int.class));
            }
            bitsToFloat(scalar.layout().flat().getFirst());
            lift(scalar);
        } else {
            adapter.constant(code, codec);
            code.aload(in);
            pushAddress(address, offset);
            invoke(Codec.class, "load", Object.class, Lift.class, long.class);
        }
    }

    /** Lowers the carrier in a local: pushes the core values. */
    void lowerFlat(Codec codec, int out, List<Num> types, int local) {
        switch (codec) {
            case Scalar scalar -> {
                code.loadLocal(TypeKind.from(scalar.carrier()), local);
                lower(scalar);
            }
            case SlotCodec slot -> {
                adapter.constant(code, slot);
                code.aload(out).aload(local);
                invoke(SlotCodec.class, "lower", int.class, Lower.class, Object.class);
            }
            case RangeCodec range -> {
                adapter.constant(code, range);
                code.aload(out).aload(local);
                invoke(RangeCodec.class, "lower", long.class, Lower.class, Object.class);
                int packed = code.allocateLocal(TypeKind.LONG);
                code.lstore(packed).lload(packed).loadConstant(32).lushr().l2i().lload(packed).l2i();
            }
            default -> {
                int flat = code.allocateLocal(TypeKind.REFERENCE);
                code.loadConstant(types.size()).newarray(TypeKind.LONG).astore(flat);
                adapter.constant(code, codec);
                code.aload(out).aload(local).aload(flat).iconst_0();
                invoke(Codec.class, "lowerFlat", void.class, Lower.class, Object.class, long[].class, int.class);
                for (int i = 0; i < types.size(); i++) {
                    code.aload(flat).loadConstant(i).laload();
                    if (types.get(i) == Num.I32 || types.get(i) == Num.F32) {
                        code.l2i();
                    }
                    bitsToFloat(types.get(i));
                }
            }
        }
    }

    /** Stores the carrier in a local at an offset behind the address in another. */
    void store(Codec codec, int out, int local, int address, int offset) {
        if (codec instanceof Scalar scalar) {
            code.aload(out);
            pushAddress(address, offset);
            boolean wide = scalar.layout().size() == 8;
            if (!wide) {
                code.loadConstant(scalar.layout().size());
            }
            code.loadLocal(TypeKind.from(scalar.carrier()), local);
            lower(scalar);
            floatToBits(scalar.layout().flat().getFirst());
            if (wide) {
                code.invokevirtual(LOWER, "i64", AdapterClass.method(void.class, long.class, long.class));
            } else {
                code.invokevirtual(
                        LOWER, "integer", AdapterClass.method(void.class, long.class, int.class, int.class));
            }
        } else {
            adapter.constant(code, codec);
            code.aload(out).aload(local);
            pushAddress(address, offset);
            invoke(Codec.class, "store", void.class, Lower.class, Object.class, long.class);
        }
    }

    private void pushAddress(int local, int offset) {
        code.lload(local).loadConstant((long) offset).ladd();
    }

    private void lift(Scalar scalar) {
        Num core = scalar.layout().flat().getFirst();
        code.invokestatic(
                SCALARS, "lift" + scalar.javaName(), AdapterClass.method(scalar.carrier(), core.carrier()));
    }

    private void lower(Scalar scalar) {
        Num core = scalar.layout().flat().getFirst();
        code.invokestatic(
                SCALARS, "lower" + scalar.javaName(), AdapterClass.method(core.carrier(), scalar.carrier()));
    }

    private void invoke(Class<?> owner, String name, Class<?> result, Class<?>... params) {
        MethodTypeDesc type = AdapterClass.method(result, params);
        if (owner.isInterface()) {
            code.invokeinterface(AdapterClass.desc(owner), name, type);
        } else {
            code.invokevirtual(AdapterClass.desc(owner), name, type);
        }
    }

    private void toBits(Num type) {
        floatToBits(type);
        if (type == Num.I32 || type == Num.F32) {
            code.i2l();
        }
    }

    private void floatToBits(Num type) {
        if (type == Num.F32) {
            code.invokestatic(FLOAT, "floatToRawIntBits", AdapterClass.method(int.class, float.class));
        } else if (type == Num.F64) {
            code.invokestatic(DOUBLE, "doubleToRawLongBits", AdapterClass.method(long.class, double.class));
        }
    }

    private void bitsToFloat(Num type) {
        if (type == Num.F32) {
            code.invokestatic(FLOAT, "intBitsToFloat", AdapterClass.method(float.class, int.class));
        } else if (type == Num.F64) {
            code.invokestatic(DOUBLE, "longBitsToDouble", AdapterClass.method(double.class, long.class));
        }
    }

    static TypeKind kind(Num type) {
        return TypeKind.from(type.carrier());
    }
}
