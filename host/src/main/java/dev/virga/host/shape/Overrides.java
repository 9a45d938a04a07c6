package dev.virga.host.shape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some fields of a record, to be laid over another record of the same type. Immutable.
 *
 * @param values by the field's name; of a field that is itself a record, its overrides
 */
public record Overrides<R extends Record>(Class<R> type, Map<String, Object> values) {

    public Overrides {
        values = Map.copyOf(values);
    }

    public static <R extends Record> Overrides<R> none(Class<R> type) {
        return new Overrides<>(type, Map.of());
    }

    /** The base with these fields in place of its own. */
    public R over(R base) {
        Struct<R> struct = Struct.of(type);
        Map<String, Object> all = new LinkedHashMap<>();
        struct.slots().forEach(slot -> {
            Object own = slot.value(base);
            all.put(slot.name(), value(slot.name()).map(value -> laid(value, own)).orElse(own));
        });
        return struct.make(all);
    }

    @SuppressWarnings("unchecked")
    private static Object laid(Object value, Object base) {
        return value instanceof Overrides<?> part ? ((Overrides<Record>) part).over((Record) base) : value;
    }

    /** The fields of a record that are more than what is set here, in words. */
    public List<String> exceededBy(R record) {
        List<String> all = new ArrayList<>();
        Struct.of(type).slots().forEach(slot -> value(slot.name()).ifPresent(most -> {
            Object own = slot.value(record);
            if (most instanceof Overrides<?> part) {
                exceeded(part, own).forEach(inner -> all.add(slot.name() + "." + inner));
            } else if (isMore(own, most)) {
                all.add(slot.name() + " " + text(own) + " (at most " + text(most) + ")");
            }
        }));
        return all;
    }

    @SuppressWarnings("unchecked") // what is laid over a field is of the field's type
    private static List<String> exceeded(Overrides<?> most, Object own) {
        return ((Overrides<Record>) most).exceededBy((Record) own);
    }

    @SuppressWarnings("unchecked") // as above
    private static boolean isMore(Object own, Object most) {
        return ((Comparable<Object>) own).compareTo(most) > 0;
    }

    private static String text(Object value) {
        return value instanceof Duration time ? Durations.print(time) : value.toString();
    }

    /** What this field is set to, if it is set. */
    public Optional<Object> value(String field) {
        return Optional.ofNullable(values.get(field));
    }
}
