package dev.virga.host.shape;

import java.util.List;
import java.util.Map;

/** JSON Schemas of records. */
public final class Schemas {

    private Schemas() {}

    /** The schemas of these records and of those in them, by name, as {@code $defs} has them. */
    public static Map<String, Map<String, Object>> definitions(List<Class<? extends Record>> types) {
        Definitions definitions = new Definitions();
        types.forEach(type -> Struct.of(type).schema(definitions));
        return definitions.all();
    }
}
