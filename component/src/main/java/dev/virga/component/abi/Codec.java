package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.lang.reflect.Type;

/**
 * How values of one component type travel between Java and a guest. Made once when a component is
 * prepared, shared by all instances.
 */
public abstract class Codec {

    /**
     * The codec between a component type and a Java type.
     *
     * @param java the Java type as {@link dev.virga.component.HostInterface} documents, generics
     *     included; {@code Object.class} for the dynamic mapping
     * @throws IllegalArgumentException saying which part does not fit
     */
    public static Codec of(ValueType type, Type java) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The Java class that carries values in method handles: a primitive where there is one. */
    public abstract Class<?> carrier();
}
