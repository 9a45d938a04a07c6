package dev.virga.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an instance exports, by name, in the order of its definition. */
public record InstanceType(Map<String, ExternDesc> exports) {
    public InstanceType {
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }
}
