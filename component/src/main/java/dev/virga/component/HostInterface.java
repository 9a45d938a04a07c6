package dev.virga.component;

import java.util.function.Function;

/**
 * A WIT interface implemented in Java.
 *
 * <p>Functions are found by name: {@code get-environment} is the method {@code getEnvironment} of
 * the implementing class. A resource is a Java class of its own, told by {@link #resource}: {@code
 * [method]descriptor.read} is the method {@code read} of that class, {@code [constructor]fields}
 * the method {@code newFields} and {@code [static]fields.from-list} the method {@code
 * fieldsFromList} of the implementing class. A resource object that is {@link AutoCloseable} is
 * closed when the guest drops its owning handle.
 *
 * <p>Parameters and results follow docs/embedding.md: integers are the Java primitive of the same
 * width with the same bits ({@code u8} is a byte, {@code u32} an int, {@code u64} a long), {@code
 * char} is an int, {@code string} a String, {@code list<u8>} a byte[], other lists a List, {@code
 * option} an Optional, {@code result} a {@link Result}, a record or tuple a Java record with the
 * same fields in the same order, a variant a sealed interface whose permitted records are the
 * cases in the same order, an enum a Java enum with the same constants in the same order, flags a
 * Set of such an enum. Signatures are checked when this object is made.
 */
public final class HostInterface<T> {

    /**
     * @param wit the resolved interface, with its version
     * @param api the class whose methods are the functions
     * @param implementation gives an instance's implementation from its data
     */
    public static <T, I> HostInterface<T> of(
            dev.virga.wit.Interface wit, Class<I> api, Function<? super T, ? extends I> implementation) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Tells the Java class of a resource that the interface defines. */
    public HostInterface<T> resource(String name, Class<?> type) {
        throw new UnsupportedOperationException("skeleton");
    }
}
