package dev.virga.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a component imports and exports, by name, in the order of its definition. */
public record ComponentType(Map<String, ExternDesc> imports, Map<String, ExternDesc> exports) {
    public ComponentType {
        imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }
}
