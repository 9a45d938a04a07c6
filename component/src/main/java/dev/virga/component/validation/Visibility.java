package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which types of a component have a name outside of it (Explainer, "External Visibility of
 * Types"). A type is known by its object: an import or export makes a new one of an equal type.
 */
final class Visibility {

    private final Context context;
    private final Set<DefType> imported = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Exports may use imported types too, so those are here as well. */
    private final Set<DefType> exported = Collections.newSetFromMap(new IdentityHashMap<>());

    Visibility(Context context) {
        this.context = context;
    }

    /** Whether this can be imported; if so, its types are named from now on. */
    boolean imports(ExternDesc type, Optional<DefType> referenced) {
        boolean refersToExport = referenced
                .filter(t -> needsName(t) && exported.contains(t) && !imported.contains(t))
                .isPresent();
        return !refersToExport && register(type, imported);
    }

    private static boolean needsName(DefType type) {
        return switch (type) {
            case ResourceType _ -> true;
            case ValueType.Record _, ValueType.Variant _, ValueType.Flags _, ValueType.Enum _ -> true;
            default -> false;
        };
    }

    /** Whether this can be exported; if so, its types are named from now on. */
    boolean exports(ExternDesc type) {
        return register(type, exported);
    }

    private boolean register(ExternDesc type, Set<DefType> named) {
        context.charge(1);
        return switch (type) {
            case ExternDesc.CoreModule m -> true;
            case ExternDesc.Component c -> true;
            case ExternDesc.Func(FunctionType f) -> namedIn(f, named);
            case ExternDesc.Value(ValueType v) -> isNamed(v, named);
            case ExternDesc.Instance(InstanceType i) ->
                i.exports().values().stream().allMatch(e -> register(e, named));
            case ExternDesc.Type(DefType t) -> {
                boolean valid = closed(t, named);
                if (valid) {
                    named.add(t);
                    exported.add(t);
                }
                yield valid;
            }
        };
    }

    /** Whether all that a type consists of is named, the type itself aside. */
    private boolean closed(DefType type, Set<DefType> named) {
        return switch (type) {
            case ResourceType r -> true;
            case ComponentType c -> true;
            case FunctionType f -> namedIn(f, named);
            case InstanceType i -> closedInstance(i, named);
            case ValueType v -> partsAreNamed(v, named);
        };
    }

    /** The types that an instance type exports are named inside it, and not behind it. */
    private boolean closedInstance(InstanceType type, Set<DefType> named) {
        List<DefType> added = new ArrayList<>();
        boolean closed = type.exports().values().stream().allMatch(export -> {
            context.charge(1);
            return switch (export) {
                case ExternDesc.CoreModule m -> true;
                case ExternDesc.Component c -> true;
                case ExternDesc.Func(FunctionType f) -> namedIn(f, named);
                case ExternDesc.Value(ValueType v) -> isNamed(v, named);
                case ExternDesc.Instance(InstanceType i) -> closedInstance(i, named);
                case ExternDesc.Type(DefType t) -> {
                    boolean valid = closed(t, named);
                    if (valid && named.add(t)) {
                        added.add(t);
                    }
                    yield valid;
                }
            };
        });
        added.forEach(named::remove);
        return closed;
    }

    private boolean namedIn(FunctionType type, Set<DefType> named) {
        return type.params().stream().allMatch(p -> isNamed(p.type(), named))
                && type.result().stream().allMatch(r -> isNamed(r, named));
    }

    private boolean isNamed(ValueType type, Set<DefType> named) {
        context.charge(1);
        return needsName(type) ? named.contains(type) : partsAreNamed(type, named);
    }

    private boolean partsAreNamed(ValueType type, Set<DefType> named) {
        return switch (type) {
            case ValueType.Own(ResourceType r) -> named.contains(r);
            case ValueType.Borrow(ResourceType r) -> named.contains(r);
            default -> type.parts().stream().allMatch(t -> isNamed(t, named));
        };
    }
}
