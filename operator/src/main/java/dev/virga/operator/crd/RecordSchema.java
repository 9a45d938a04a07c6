package dev.virga.operator.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.virga.operator.resource.Condition;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Schemas of the records that an operator writes as a status. */
final class RecordSchema {

    private RecordSchema() {}

    static Map<String, Object> of(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> always = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = named == null ? component.getName() : named.value();
            properties.put(name, of(component.getGenericType(), name));
            if (type == Condition.class && List.of("type", "status").contains(name)) {
                always.add(name);
            }
        }
        Map<String, Object> schema = Schema.of("type", "object", "properties", properties);
        if (!always.isEmpty()) {
            schema.put("required", always);
        }
        return schema;
    }

    private static Map<String, Object> of(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Map<String, Object> argument = of(generic.getActualTypeArguments()[0], name);
            return generic.getRawType() == Optional.class ? argument : Schema.of("type", "array", "items", argument);
        }
        if (type == String.class) {
            boolean time = name.endsWith("Time") || name.equals("lastSeen") || name.equals("progressedAt");
            return time ? Schema.of("type", "string", "format", "date-time") : Schema.of("type", "string");
        }
        if (type == int.class) {
            return Schema.of("type", "integer", "format", "int32");
        }
        if (type == long.class) {
            return Schema.of("type", "integer", "format", "int64");
        }
        return of((Class<?>) type);
    }
}
