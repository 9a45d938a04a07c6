package dev.virga.component;

import dev.virga.component.runtime.HostBinding;
import dev.virga.component.runtime.HostResources;
import dev.virga.component.runtime.Item;
import dev.virga.wit.Interface;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A WIT interface implemented in Java.
 *
 * <p>Functions are found by name: {@code get-environment} is the method {@code getEnvironment} of
 * the implementing class. A resource is a Java class of its own, told by {@link #resource}: {@code
 * [method]descriptor.read} is the method {@code read} of that class, {@code [constructor]fields}
 * the method {@code newFields} and {@code [static]fields.from-list} the method {@code
 * fieldsFromList} of the implementing class. Where Java does not allow a name, as {@code wait} or a
 * keyword, the method's has an underscore behind it. A resource object that is {@link
 * AutoCloseable} is closed when the guest drops its owning handle.
 *
 * <p>Parameters and results are plain Java values: integers are the Java primitive of the same
 * width with the same bits ({@code u8} is a byte, {@code u32} an int, {@code u64} a long), {@code
 * char} is an int, {@code string} a String, {@code list<u8>} a byte[], other lists a List, {@code
 * option} an Optional, {@code result} a {@link Result}, a record or tuple a Java record with the
 * same fields in the same order, a variant a sealed interface whose permitted records are the cases
 * in the same order, an enum a Java enum with the same constants in the same order, flags a Set of
 * such an enum. A {@code map} is a Map, a missing payload of a result Void with the value null; no
 * other value is null. Lists of numbers may be arrays of the Java primitive. {@code
 * option<option<T>>} is an Optional of an Optional. Names are the same words in Java's spelling, a
 * case's record bears the name of the case. A {@code stream<u8>} is an {@link java.io.InputStream}, any
 * other stream a {@link StreamReader}, a {@code future} a {@link java.util.concurrent.Future}, an {@code
 * error-context} an {@link ErrorContext}. Records need not be public, but the package of one in a
 * named module must be open to Virga. Where a Java type is Object, values are as {@link
 * ExportedFunction#call} says. Signatures are checked when this is given to a {@link Linker}; two
 * interfaces that share a resource by {@code use} share its type there.
 *
 * <p>An {@code async func} is a method like any other, and may block. Each of its calls runs on a virtual
 * thread of its own while the guest goes on, so that the class has to stand calls at the same time; that
 * thread is interrupted when the guest cancels the call. What other functions do the guest waits for.
 */
public final class HostInterface<T> {

    private final Interface wit;
    private final Class<?> api;
    private final BiFunction<Object, Optional<String>, Object> implementation;
    private final Map<String, Class<?>> resources;

    private HostInterface(
            Interface wit,
            Class<?> api,
            BiFunction<Object, Optional<String>, Object> implementation,
            Map<String, Class<?>> resources) {
        this.wit = wit;
        this.api = api;
        this.implementation = implementation;
        this.resources = resources;
    }

    /**
     * @param wit the resolved interface, with its version
     * @param api the class whose methods are the functions
     * @param implementation gives an instance's implementation from its data
     */
    public static <T, I> HostInterface<T> of(
            Interface wit, Class<I> api, Function<? super T, ? extends I> implementation) {
        return of(wit, api, (data, _) -> implementation.apply(data));
    }

    /**
     * As {@link #of(Interface, Class, Function)}, where it matters which import of the guest is met.
     *
     * @param implementation is also given the import's name if that is a plain one which {@code implements} the
     *     interface; asked once for each name and instance
     */
    @SuppressWarnings("unchecked") // the linker that takes it hands it data of this type only
    public static <T, I> HostInterface<T> of(
            Interface wit, Class<I> api, BiFunction<? super T, Optional<String>, ? extends I> implementation) {
        return new HostInterface<>(wit, api, (data, name) -> implementation.apply((T) data, name), Map.of());
    }

    /** Also tells the Java class of a resource that the interface defines. */
    public HostInterface<T> resource(String name, Class<?> type) {
        Map<String, Class<?>> more = new HashMap<>(resources);
        more.put(name, type);
        return new HostInterface<>(wit, api, implementation, more);
    }

    /** The interface's name with its version. */
    public String name() {
        return wit.id().toString();
    }

    Item bind(HostResources types) {
        return new HostBinding(wit, api, implementation, resources, types).bind();
    }
}
