package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** Collects the resource types that types refer to without introducing them. */
final class FreeResources {

    private final Context context;
    private final Set<DefType> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ResourceType> found = new HashSet<>();

    FreeResources(Context context) {
        this.context = context;
    }

    static boolean isClosed(DefType type, Context context) {
        FreeResources resources = new FreeResources(context);
        resources.visit(type);
        return resources.found.isEmpty();
    }

    /** Each introduced resource type belongs to one type only, so it is enough to leave out at the end of that. */
    Set<ResourceType> found() {
        return found;
    }

    void visit(ExternDesc extern) {
        context.charge(1);
        switch (extern) {
            case ExternDesc.CoreModule m -> {}
            case ExternDesc.Func(FunctionType f) -> visit(f);
            case ExternDesc.Value(ValueType v) -> visit(v);
            case ExternDesc.Type(DefType t) -> visit(t);
            case ExternDesc.Instance(InstanceType i) -> visit(i);
            case ExternDesc.Component(ComponentType c) -> visit(c);
        }
    }

    void visit(DefType type) {
        if (!seen.add(type)) {
            return;
        }
        context.charge(1);
        switch (type) {
            case ResourceType r -> found.add(r);
            case FunctionType f -> {
                f.params().forEach(p -> visit(p.type()));
                f.result().ifPresent(this::visit);
            }
            case InstanceType i -> {
                i.exports().values().forEach(this::visit);
                found.removeAll(i.resources());
            }
            case ComponentType c -> {
                c.imports().values().forEach(this::visit);
                c.exports().values().forEach(this::visit);
                found.removeAll(c.importedResources());
                found.removeAll(c.definedResources());
            }
            case ValueType.Own(ResourceType r) -> visit(r);
            case ValueType.Borrow(ResourceType r) -> visit(r);
            case ValueType v -> v.parts().forEach(this::visit);
        }
    }
}
