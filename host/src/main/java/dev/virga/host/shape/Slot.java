package dev.virga.host.shape;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One field of a record.
 *
 * @param wrapped whether the component is an {@code Optional}
 * @param absent the component's value when the field is left out; nothing if it is required
 */
record Slot(
        String name, String meaning, Type<Object> type, boolean wrapped, Optional<Object> absent, Method accessor) {

    @SuppressWarnings("unchecked")
    static Slot of(RecordComponent component) {
        Field field = component.getAnnotation(Field.class);
        if (field == null) {
            throw new IllegalArgumentException(component.getDeclaringRecord() + " has no @Field on " + component);
        }
        boolean wrapped = component.getType() == Optional.class;
        java.lang.reflect.Type content = wrapped
                ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getGenericType();
        Type<Object> type = (Type<Object>) Types.of(content, field);
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Slot(
                field.name().isEmpty() ? component.getName() : field.name(),
                field.value(),
                type,
                wrapped,
                wrapped ? Optional.of(Optional.empty()) : absent(type, field),
                accessor);
    }

    private static Optional<Object> absent(Type<?> type, Field field) {
        if (!field.fallback().isEmpty()) {
            return Optional.of(Struct.read(type, field.fallback()));
        }
        return switch (type) {
            case ListType<?>(_, int min, _) when min == 0 -> Optional.of(List.of());
            case MapType<?> _ -> Optional.of(Map.of());
            case OverridesType<?>(Struct<?> struct) -> Optional.of(Overrides.none(struct.type()));
            default -> Optional.empty();
        };
    }

    /** What the document has for this field of a record, if it differs from what is meant without. */
    Optional<Object> written(Record owner) {
        Object value = value(owner);
        if (absent.filter(value::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(write(value));
    }

    /** @param value of the component, not empty */
    Object write(Object value) {
        return type.write(wrapped ? ((Optional<?>) value).orElseThrow() : value);
    }

    /** The same field among overrides: a record's own fields may each be left out. */
    @SuppressWarnings("unchecked")
    Slot partial() {
        return type instanceof Struct<?> struct
                ? new Slot(
                        name, meaning, (Type<Object>) (Type<?>) new OverridesType<>(struct), wrapped, absent, accessor)
                : this;
    }

    /** As the document would have it, where leaving the field out means some value. */
    Optional<Object> shownDefault() {
        return absent.filter(_ -> !wrapped && type instanceof ScalarType).map(type::write);
    }

    Object value(Record owner) {
        try {
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Object> read(Place place) {
        return type.read(place).map(value -> wrapped ? Optional.of(value) : value);
    }
}
