package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import dev.virga.wit.Id;
import dev.virga.wit.TypeDef;
import java.util.HashMap;
import java.util.Map;

/** The resource types of the WIT interfaces that a linker offers: one for each resource, whoever uses it. */
public final class HostResources {

    private record Key(Id owner, String name) {}

    private final Map<Key, HostResourceType> types = new HashMap<>();

    /** The type of a resource by its original definition. */
    ResourceType type(TypeDef definition) {
        return types.computeIfAbsent(
                new Key(definition.owner(), definition.name()),
                key -> new HostResourceType(key.name(), Object.class));
    }

    void implementedBy(TypeDef definition, Class<?> javaClass) {
        ((HostResourceType) type(definition)).implementedBy(javaClass);
    }
}
