package dev.virga.component.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * A Java record. It may be private: everything on the class path is open to Virga, and a named
 * module must open the record's package.
 *
 * @param constructor (Object[]) → Object
 * @param accessors each (Object) → Object
 */
record JavaRecord(
        Class<?> carrier, List<String> names, List<Type> types, MethodHandle constructor, List<MethodHandle> accessors)
        implements ProductCodec.Shape {

    static JavaRecord of(Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        MethodType all = MethodType.methodType(
                void.class, Arrays.stream(components).<Class<?>>map(RecordComponent::getType).toList());
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            MethodHandle constructor = lookup.findConstructor(type, all);
            MethodHandle[] accessors = new MethodHandle[components.length];
            for (int i = 0; i < accessors.length; i++) {
                accessors[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            return new JavaRecord(
                    type,
                    Arrays.stream(components).map(RecordComponent::getName).toList(),
                    Arrays.stream(components).map(RecordComponent::getGenericType).toList(),
                    constructor.asType(constructor.type().generic()).asSpreader(Object[].class, components.length),
                    List.of(accessors));
        } catch (ReflectiveOperationException e) {
            throw JavaMapping.mismatch(path, "the Java record " + type.getName()
                    + " cannot be reached; open its package to Virga (" + e.getMessage() + ")");
        }
    }

    @Override
    public Object make(Object[] fields) {
        try {
            return constructor.invokeExact(fields);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + carrier.getName() + " failed", e);
        }
    }

    @Override
    public Object[] fields(Object value) {
        if (!carrier.isInstance(value)) {
            throw Mismatch.of("record", carrier, value);
        }
        Object[] fields = new Object[accessors.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(value, i);
        }
        return fields;
    }

    Object field(Object value, int index) {
        try {
            return accessors.get(index).invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor of " + carrier.getName() + " failed", e);
        }
    }
}
