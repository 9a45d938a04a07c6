package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.lang.reflect.Type;

/**
 * How values of one component type travel between Java and a guest: its layout, and load, store,
 * lift flat and lower flat of the Canonical ABI, specialised for the type. Made once when a
 * component is prepared, immutable, shared by all instances.
 *
 * <p>Pointers are offsets as unsigned values; {@link #load} and {@link #store} expect one that was
 * checked for alignment and bounds. Flat values stand in an array of longs, one for each core value
 * from a position on: an {@code i32} by its bits, a float by its raw bits. When lifted, bits above
 * the width of the type are ignored; when lowered they are zero. So the coercions between the flat
 * types of a variant's cases ({@code join}) need no code.
 */
public sealed interface Codec permits Scalar, Unit, SlotCodec, RangeCodec, ProductCodec, SumCodec, FixedListCodec {

    /**
     * The codec between a component type and a Java type.
     *
     * @param java the Java type as {@link dev.virga.component.HostInterface} documents, generics
     *     included; {@code Object.class} for the dynamic mapping of {@link
     *     dev.virga.component.ExportedFunction#call}
     * @throws IllegalArgumentException saying which part does not fit
     * @throws dev.virga.component.ComponentException.Unsupported for a type that Virga lacks
     */
    static Codec of(ValueType type, Type java) {
        return of(type, java, ResourceViews.NONE);
    }

    /** The same with Java interfaces of the caller's own for resources that guests implement. */
    static Codec of(ValueType type, Type java, ResourceViews views) {
        return new JavaMapping(views).codec(type, java, "");
    }

    /**
     * The codec for a value that goes from one component to another, in a form that loses nothing
     * and that Java code has no use for. The codecs for equal types on both sides understand each
     * other's values.
     */
    static Codec passing(ValueType type) {
        return new TypeMapping(new PassingShapes()).codec(type);
    }

    Layout layout();

    /** The Java class that carries values in method handles: a primitive where there is one. */
    Class<?> carrier();

    /** About how many bytes of Java heap a lifted value takes, without what lists and strings hold. */
    long footprint();

    Object load(Lift in, long pointer);

    void store(Lower out, Object value, long pointer);

    Object liftFlat(Lift in, long[] flat, int at);

    void lowerFlat(Lower out, Object value, long[] flat, int at);
}
