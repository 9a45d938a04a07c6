package dev.virga.host.shape;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The schemas of records, each once, in the order in which they were met. */
final class Definitions {

    private final Map<String, Map<String, Object>> byName = new LinkedHashMap<>();

    Map<String, Object> reference(String name, Supplier<Map<String, Object>> schema) {
        if (!byName.containsKey(name)) {
            byName.put(name, Map.of());
            byName.put(name, schema.get());
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    /** Keys and values in this order, so that the schema's text is always the same. */
    static Map<String, Object> schema(Object... keysAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            schema.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return schema;
    }

    Map<String, Map<String, Object>> all() {
        return byName;
    }
}
