package dev.virga.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A WIT record without a Java class of its own: its fields by name, in the order of the type. */
public record RecordValue(Map<String, Object> fields) {
    public RecordValue {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
