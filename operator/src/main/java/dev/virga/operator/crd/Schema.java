package dev.virga.operator.crd;

import java.util.LinkedHashMap;
import java.util.Map;

/** Parts of schemas: maps whose keys are in the order in which they were put. */
final class Schema {

    private Schema() {}

    static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            made.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return made;
    }

    @SuppressWarnings("unchecked") // JSON's objects have strings as keys
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** The schema at a path of properties; {@code []} for a list's items. */
    static Map<String, Object> at(Map<String, Object> schema, String... path) {
        Map<String, Object> found = schema;
        for (String name : path) {
            found = map(name.equals("[]") ? found.get("items") : map(found.get("properties")).get(name));
        }
        return found;
    }
}
