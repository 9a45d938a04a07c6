package dev.virga.component.compose;

import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which import or export of a part gives a type its name. Types are told apart as the validator
 * does it: resources by equality, others by identity.
 */
final class TypeOrigins {

    /** An import or export. */
    record Origin(boolean isImport, String name) {}

    private final Map<ResourceType, Origin> resources = new HashMap<>();
    private final Map<DefType, Origin> others = new IdentityHashMap<>();

    TypeOrigins(Part part) {
        part.type().imports().forEach((name, type) -> add(type, new Origin(true, name)));
        part.type().exports().forEach((name, type) -> add(type, new Origin(false, name)));
    }

    private void add(ExternDesc item, Origin origin) {
        switch (item) {
            case ExternDesc.Type(ResourceType resource) -> resources.putIfAbsent(resource, origin);
            case ExternDesc.Type(DefType type) when needsName(type) -> others.putIfAbsent(type, origin);
            case ExternDesc.Instance(InstanceType instance) -> instance.exports().values().forEach(e -> add(e, origin));
            default -> {}
        }
    }

    private static boolean needsName(DefType type) {
        return switch (type) {
            case ValueType.Record _, ValueType.Variant _, ValueType.Flags _, ValueType.Enum _ -> true;
            default -> false;
        };
    }

    Optional<Origin> find(DefType type) {
        return Optional.ofNullable(type instanceof ResourceType resource ? resources.get(resource) : others.get(type));
    }
}
