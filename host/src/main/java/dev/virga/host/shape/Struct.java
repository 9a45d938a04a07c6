package dev.virga.host.shape;

import dev.virga.host.shape.Node.Entry;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A record whose components are the fields of an object. */
public final class Struct<R extends Record> implements Type<R> {

    private static final ClassValue<Struct<?>> ALL = new ClassValue<>() {
        @Override
        protected Struct<?> computeValue(Class<?> type) {
            return new Struct<>(type.asSubclass(Record.class));
        }
    };

    /** Stands for the value of a field that could not be read. */
    static final Object WRONG = new Object();

    private final Class<R> type;
    private final Constructor<R> constructor;
    private final List<Slot> slots;
    private final Set<String> ignored;

    private Struct(Class<R> type) {
        this.type = type;
        try {
            constructor = type.getDeclaredConstructor(Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
        constructor.setAccessible(true);
        slots = Stream.of(type.getRecordComponents()).map(Slot::of).toList();
        Ignores ignores = type.getAnnotation(Ignores.class);
        ignored = ignores == null ? Set.of() : Set.of(ignores.value());
    }

    /** @throws IllegalArgumentException if a component of the record is not described */
    @SuppressWarnings("unchecked")
    public static <R extends Record> Struct<R> of(Class<R> type) {
        return (Struct<R>) ALL.get(type);
    }

    /** Reads a default, which is part of the program. */
    static <T> T read(Type<T> type, String yaml) {
        Problems problems = new Problems("default");
        List<Node> documents = Yaml.documents(yaml, problems);
        Optional<T> value = documents.size() == 1
                ? type.read(new Place(documents.getFirst(), "", problems))
                : Optional.empty();
        return value.filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(yaml + " is no default: " + problems.list()));
    }

    /** The record of an empty object: every field's default. */
    public R defaults() {
        return read(this, "{}");
    }

    Class<R> type() {
        return type;
    }

    List<Slot> slots() {
        return slots;
    }

    @Override
    public Optional<R> read(Place place) {
        return values(place, slots).flatMap(values -> {
            slots.forEach(slot -> {
                if (!values.containsKey(slot.name())) {
                    slot.absent().ifPresentOrElse(
                            absent -> values.put(slot.name(), absent),
                            () -> place.problem("the required field " + slot.name() + " is missing"));
                }
            });
            return values.size() == slots.size() ? made(place, values) : Optional.empty();
        });
    }

    private Optional<R> made(Place place, Map<String, Object> values) {
        if (values.containsValue(WRONG)) {
            return Optional.empty();
        }
        R made = make(values);
        if (made instanceof Checked checked) {
            checked.check(place);
        }
        return Optional.of(made);
    }

    /** As overrides have them. */
    Optional<Map<String, Object>> partialValues(Place place) {
        return values(place, slots.stream().map(Slot::partial).toList());
    }

    /** The fields that are there; nothing if this is no object. */
    private Optional<Map<String, Object>> values(Place place, List<Slot> known) {
        return place.entries().map(entries -> {
            rejectUnknown(place, entries);
            Map<String, Object> values = new LinkedHashMap<>();
            for (Slot slot : known) {
                Entry entry = entries.get(slot.name());
                if (entry != null && !entry.value().isNull()) {
                    Place field = place.field(slot.name(), entry.value());
                    values.put(slot.name(), slot.read(field).orElse(WRONG));
                }
            }
            return values;
        });
    }

    private void rejectUnknown(Place place, Map<String, Entry> entries) {
        List<String> names = slots.stream().map(Slot::name).toList();
        entries.forEach((name, entry) -> {
            if (!names.contains(name) && !ignored.contains(name)) {
                place.problems().add(
                        entry.key().mark(),
                        place.fieldPath(name),
                        place.isFull() ? "" : "unknown field" + remedy(name, names, entries.keySet()));
            }
        });
    }

    private static String remedy(String name, List<String> known, Set<String> used) {
        List<String> free = known.stream().filter(n -> !used.contains(n)).toList();
        return Suggestions.question(name, free).orElseGet(() -> "; known here: " + String.join(", ", known));
    }

    /** @param values one of each field, by its name */
    R make(Map<String, Object> values) {
        try {
            return constructor.newInstance(slots.stream().map(slot -> values.get(slot.name())).toArray());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public Map<String, Object> write(R value) {
        Map<String, Object> written = new LinkedHashMap<>();
        slots.forEach(slot -> slot.written(value).ifPresent(v -> written.put(slot.name(), v)));
        return written;
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return definitions.reference(words(), () -> {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "object");
            schema.put("properties", properties(definitions));
            List<String> required = slots.stream().filter(s -> s.absent().isEmpty()).map(Slot::name).toList();
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
            schema.put("additionalProperties", false);
            return schema;
        });
    }

    private Map<String, Object> properties(Definitions definitions) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Slot slot : slots) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", slot.meaning());
            property.putAll(slot.type().schema(definitions));
            slot.shownDefault().ifPresent(value -> property.put("default", value));
            properties.put(slot.name(), property);
        }
        ignored.stream().sorted().forEach(name -> properties.put(name, Map.of("description", "Not read.")));
        return properties;
    }

    @Override
    public String words() {
        return type.getSimpleName();
    }
}
