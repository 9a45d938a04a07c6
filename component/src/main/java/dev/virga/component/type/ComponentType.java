package dev.virga.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a component imports and exports, by name, in the order of its definition.
 *
 * @param importedResources the abstract resource types in the imports: an instantiation puts actual
 *     ones in their place
 * @param definedResources the resource types that each instantiation makes afresh, as far as exports
 *     show them
 */
public record ComponentType(
        Map<String, ExternDesc> imports,
        Map<String, ExternDesc> exports,
        Set<ResourceType> importedResources,
        Set<ResourceType> definedResources)
        implements DefType {
    public ComponentType {
        imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        importedResources = Collections.unmodifiableSet(new LinkedHashSet<>(importedResources));
        definedResources = Collections.unmodifiableSet(new LinkedHashSet<>(definedResources));
    }
}
