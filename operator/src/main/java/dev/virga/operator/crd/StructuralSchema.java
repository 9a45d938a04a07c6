package dev.virga.operator.crd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns the manifests' JSON Schema into what an API server takes: a tree without references, and only the keywords and
 * the regular expressions that it knows. Defaults are left out, because an API server would write them into each
 * object, where they would win over the host's own.
 */
final class StructuralSchema {

    private static final Set<String> KEPT =
            Set.of("description", "type", "pattern", "maxLength", "minimum", "maximum", "enum", "minItems", "maxItems",
                    "maxProperties", "required");

    private final Map<String, Map<String, Object>> definitions;

    StructuralSchema(Map<String, Map<String, Object>> definitions) {
        this.definitions = definitions;
    }

    /** The schema of a record, by its simple name. */
    Map<String, Object> of(String name) {
        return convert(definitions.get(name));
    }

    private Map<String, Object> convert(Map<String, Object> schema) {
        Map<String, Object> made = new LinkedHashMap<>();
        if (schema.get("$ref") instanceof String reference) {
            made.putAll(of(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        schema.forEach((key, value) -> {
            if (KEPT.contains(key)) {
                made.put(key, value);
            }
        });
        if (schema.get("type") instanceof List<?>) {
            made.remove("type");
            made.put("x-kubernetes-int-or-string", true);
        }
        if (schema.get("pattern") instanceof String pattern) {
            made.remove("pattern");
            // Go's expressions cannot look ahead; the operator checks those fields.
            if (!pattern.contains("(?!")) {
                made.put("pattern", pattern.replaceAll("\\\\u([0-9a-f]{4})", "\\\\x{$1}"));
            }
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            made.put("properties", properties(properties));
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            made.put("items", convert(Schema.map(items)));
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            made.put("additionalProperties", convert(Schema.map(values)));
        }
        return made;
    }

    private Map<String, Object> properties(Map<?, ?> properties) {
        Map<String, Object> made = new LinkedHashMap<>();
        properties.forEach((name, schema) -> {
            Map<String, Object> converted = convert(Schema.map(schema));
            // What has no type is only named, because documents may have it.
            if (converted.containsKey("type") || converted.containsKey("x-kubernetes-int-or-string")) {
                made.put((String) name, converted);
            }
        });
        return made;
    }
}
