package dev.virga.host.manifest;

import dev.virga.host.shape.FieldTables;
import dev.virga.host.shape.Json;
import dev.virga.host.shape.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What manifests may hold, for editors and for readers. */
public final class ManifestSchema {

    private ManifestSchema() {}

    /** A JSON Schema, draft 2020-12, of one document. */
    public static String json() {
        Map<String, Map<String, Object>> definitions = Schemas.definitions(types());
        Stream.of(Kind.values()).forEach(kind -> identify(kind, definitions.get(kind.toString())));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Virga manifests");
        schema.put(
                "oneOf",
                Stream.of(Kind.values()).map(kind -> Map.of("$ref", "#/$defs/" + kind)).toList());
        schema.put("$defs", definitions);
        return Json.print(schema);
    }

    /** The fields of all kinds as tables in Markdown. */
    public static String tables() {
        return FieldTables.markdown(types());
    }

    private static List<Class<? extends Record>> types() {
        List<Class<? extends Record>> types = new ArrayList<>();
        Stream.of(Kind.values()).forEach(kind -> types.add(kind.type()));
        return types;
    }

    /** Says by which two fields editors know the kind. */
    @SuppressWarnings("unchecked")
    private static void identify(Kind kind, Map<String, Object> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("apiVersion", Map.of("const", kind.apiVersion()));
        properties.put("kind", Map.of("const", kind.toString()));
        ((Map<String, Object>) schema.get("properties")).forEach(properties::putIfAbsent);
        schema.put("properties", properties);
        List<Object> required = new ArrayList<>(List.of("apiVersion", "kind"));
        required.addAll((List<Object>) schema.get("required"));
        schema.put("required", required);
    }
}
