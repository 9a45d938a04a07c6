package dev.virga.component.runtime;

import dev.virga.component.type.DefType;
import dev.virga.component.type.FunctionType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The exports of one instance as another imports them: functions are called as the host would, and
 * each resource type is one of this very instance, unequal to that of its siblings.
 */
final class Foreign {

    private final Root owner;
    private final Substitution types = new Substitution();

    private Foreign(Root owner) {
        this.owner = owner;
        owner.plan.resources().forEach(own -> types.bind(own, new ForeignResourceType(owner, own)));
    }

    static Item exports(Root owner) {
        return new Foreign(owner).instance(new Item.Instance(owner.plan.exports()));
    }

    private Item.Instance instance(Item.Instance own) {
        Map<String, Item> exports = new LinkedHashMap<>();
        own.exports().forEach((name, item) -> offered(item).ifPresent(o -> exports.put(name, o)));
        return new Item.Instance(exports);
    }

    private Optional<Item> offered(Item item) {
        return switch (item) {
            case Item.Lifted lifted -> Optional.of(function(lifted));
            case Item.Host(HostFunction function) -> Optional.of(new Item.Host(function.on(owner)));
            case Item.Type(Optional<DefType> type) -> Optional.of(type.map(types::item).orElse(Item.Type.NONE));
            case Item.Module module -> Optional.of(module);
            case Item.Instance inner -> Optional.of(instance(inner));
            // its definitions may reach into this instance's plan
            case Item.Component _ -> Optional.empty();
            case Item.Core _, Item.CoreInstance _, Item.CoreType _ -> Optional.empty();
        };
    }

    private Item function(Item.Lifted lifted) {
        FunctionType type = lifted.type();
        Export export = new Export(owner.plan, lifted);
        return new Item.Host(HostFunction.dynamic(types.apply(type), arguments -> export.call(owner, arguments)));
    }
}
