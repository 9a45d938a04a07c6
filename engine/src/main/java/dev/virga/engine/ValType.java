package dev.virga.engine;

/**
 * A core value type (core specification, section 2.3). In Java: {@code i32} is an int, {@code i64}
 * a long, {@code f32} a float, {@code f64} a double, {@code v128} a {@link V128}, a reference an
 * Object, where null is the null reference and a function reference is an {@link Extern.Func}.
 */
public sealed interface ValType {

    /** A number or vector type. */
    enum Num implements ValType {
        I32(int.class),
        I64(long.class),
        F32(float.class),
        F64(double.class),
        V128(V128.class);

        private final Class<?> carrier;

        Num(Class<?> carrier) {
            this.carrier = carrier;
        }

        @Override
        public Class<?> carrier() {
            return carrier;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A reference type. */
    record Ref(boolean nullable, HeapType heap) implements ValType {
        public static final Ref FUNC = new Ref(true, HeapType.Abstract.FUNC);
        public static final Ref EXTERN = new Ref(true, HeapType.Abstract.EXTERN);

        @Override
        public Class<?> carrier() {
            return Object.class;
        }

        @Override
        public String toString() {
            return "(ref " + (nullable ? "null " : "") + heap + ")";
        }
    }

    /** The Java type that carries values of this type. */
    Class<?> carrier();
}
