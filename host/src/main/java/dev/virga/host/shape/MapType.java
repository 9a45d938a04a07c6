package dev.virga.host.shape;

import dev.virga.host.shape.Node.Entry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

record MapType<V>(Text keys, Type<V> values, int max) implements Type<Map<String, V>> {

    @Override
    public Optional<Map<String, V>> read(Place place) {
        return place.entries().flatMap(entries -> read(place, entries));
    }

    private Optional<Map<String, V>> read(Place place, Map<String, Entry> entries) {
        if (entries.size() > max) {
            place.problem("has " + entries.size() + " entries; it takes at most " + max);
            return Optional.empty();
        }
        Map<String, V> read = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            Optional<String> wrong = keys.wrong(key);
            wrong.ifPresent(text -> place.problems().add(
                    entry.key().mark(), place.fieldPath(key), "the key " + text));
            Optional<V> value = values.read(place.field(key, entry.value()));
            if (wrong.isEmpty()) {
                value.ifPresent(v -> read.put(key, v));
            }
        });
        return read.size() == entries.size() ? Optional.of(Collections.unmodifiableMap(read)) : Optional.empty();
    }

    @Override
    public Object write(Map<String, V> value) {
        Map<String, Object> written = new LinkedHashMap<>();
        value.forEach((key, v) -> written.put(key, values.write(v)));
        return written;
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return Definitions.schema(
                "type", "object",
                "propertyNames", keys.schema(),
                "additionalProperties", values.schema(definitions),
                "maxProperties", max);
    }

    @Override
    public String words() {
        return "map: " + values.words();
    }
}
