package dev.virga.host.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Any of a record's fields, none of them required. */
record OverridesType<R extends Record>(Struct<R> struct) implements Type<Overrides<R>> {

    @Override
    public Optional<Overrides<R>> read(Place place) {
        return struct.partialValues(place)
                .filter(values -> !values.containsValue(Struct.WRONG))
                .map(values -> new Overrides<>(struct.type(), values));
    }

    @Override
    public Object write(Overrides<R> value) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Slot slot : struct.slots()) {
            value.value(slot.name()).ifPresent(v -> written.put(slot.name(), slot.partial().write(v)));
        }
        return written;
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return struct.schema(definitions);
    }

    @Override
    public String words() {
        return struct.words();
    }
}
