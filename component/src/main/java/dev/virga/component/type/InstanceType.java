package dev.virga.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an instance exports, by name, in the order of its definition.
 *
 * @param resources the abstract resource types that the type itself introduces ({@code (export "r"
 *     (type (sub resource)))}); each import of such an instance has resource types of its own in
 *     their place. Empty for the type of an actual instance.
 */
public record InstanceType(Map<String, ExternDesc> exports, Set<ResourceType> resources) implements DefType {
    public InstanceType {
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        resources = Collections.unmodifiableSet(new LinkedHashSet<>(resources));
    }

    /** The type of an actual instance. */
    public InstanceType(Map<String, ExternDesc> exports) {
        this(exports, Set.of());
    }
}
