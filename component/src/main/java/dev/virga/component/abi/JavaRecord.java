package dev.virga.component.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;

/**
 * A Java record. It may be private: everything on the class path is open to Virga, and a named
 * module must open the record's package.
 */
final class JavaRecord implements ProductCodec.Shape {

    /**
     * @param constructor (Object[]) → Object
     * @param accessors each (Object) → Object
     */
    private record Handles(MethodHandle constructor, MethodHandle[] accessors) {}

    private final Class<?> type;
    private final List<RecordComponent> components;
    private final MethodHandles.Lookup lookup;

    /** Made at the first use: a host offers many records of which a guest needs few. */
    private volatile Handles handles;

    private JavaRecord(Class<?> type, MethodHandles.Lookup lookup) {
        this.type = type;
        this.components = List.of(type.getRecordComponents());
        this.lookup = lookup;
    }

    static JavaRecord of(Class<?> type, String path) {
        try {
            return new JavaRecord(type, MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
        } catch (IllegalAccessException e) {
            throw JavaMapping.mismatch(path, "the Java record " + type.getName()
                    + " cannot be reached; open its package to Virga (" + e.getMessage() + ")");
        }
    }

    private Handles handles() {
        Handles made = handles;
        if (made == null) {
            made = make();
            handles = made;
        }
        return made;
    }

    private Handles make() {
        MethodType all = MethodType.methodType(
                void.class, components.stream().<Class<?>>map(RecordComponent::getType).toList());
        try {
            MethodHandle constructor = lookup.findConstructor(type, all);
            MethodHandle[] accessors = new MethodHandle[components.size()];
            for (int i = 0; i < accessors.length; i++) {
                accessors[i] = lookup.unreflect(components.get(i).getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            return new Handles(
                    constructor.asType(constructor.type().generic()).asSpreader(Object[].class, components.size()),
                    accessors);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the members of the record " + type.getName(), e);
        }
    }

    @Override
    public Class<?> carrier() {
        return type;
    }

    List<String> names() {
        return components.stream().map(RecordComponent::getName).toList();
    }

    List<Type> types() {
        return components.stream().map(RecordComponent::getGenericType).toList();
    }

    /** How many components it has. */
    int size() {
        return components.size();
    }

    @Override
    public Object make(Object[] fields) {
        try {
            return handles().constructor.invokeExact(fields);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", e);
        }
    }

    @Override
    public Object[] fields(Object value) {
        if (!type.isInstance(value)) {
            throw Mismatch.of("record", type, value);
        }
        Object[] fields = new Object[components.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(value, i);
        }
        return fields;
    }

    Object field(Object value, int index) {
        try {
            return handles().accessors[index].invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor of " + type.getName() + " failed", e);
        }
    }
}
