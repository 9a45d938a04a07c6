package dev.virga.component.validation;

import dev.virga.component.binary.Definition;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.engine.ExternType;
import dev.virga.engine.ModuleType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Validates instances: instantiations and bundles of exports (Explainer, "Instance Definitions"). */
final class InstanceValidator {

    private final Context context;
    private final CoreSpace core;
    private final Boundary boundary;
    private final Function<Definition.Ref, ExternDesc> items;

    /** @param items the types of what references mean in the component */
    InstanceValidator(
            Context context, CoreSpace core, Boundary boundary, Function<Definition.Ref, ExternDesc> items) {
        this.context = context;
        this.core = core;
        this.boundary = boundary;
        this.items = items;
    }

    Map<String, ExternType> instantiate(Definition.CoreInstantiate definition) {
        ModuleType module = core.modules.get(definition.module());
        Map<String, Map<String, ExternType>> args = new HashMap<>();
        for (Definition.CoreNamed arg : definition.args()) {
            if (args.put(arg.name(), core.instances.get(arg.ref().index())) != null) {
                throw context.invalid("duplicate module instantiation argument named `" + arg.name() + "`");
            }
        }
        context.charge(module.imports().size() + module.exports().size());
        for (ModuleType.Import i : module.imports()) {
            context.chargeName(i.name());
            Map<String, ExternType> arg = args.get(i.module());
            if (arg == null) {
                throw context.invalid("missing module instantiation argument named `" + i.module() + "`");
            }
            ExternType export = arg.get(i.name());
            if (export == null) {
                throw context.invalid("module instantiation argument `" + i.module()
                        + "` does not export an item named `" + i.name() + "`");
            }
            CoreSubtyping.mismatch(export, i.type()).ifPresent(why -> {
                throw context.invalid("module instantiation argument `" + i.module() + "` exports an item named `"
                        + i.name() + "` of another type: " + why);
            });
        }
        Map<String, ExternType> exports = LinkedHashMap.newLinkedHashMap(module.exports().size());
        module.exports().forEach(e -> exports.put(e.name(), e.type()));
        return exports;
    }

    Map<String, ExternType> inline(Definition.CoreInline definition) {
        Map<String, ExternType> exports = new LinkedHashMap<>();
        for (Definition.CoreNamed export : definition.exports()) {
            if (exports.put(export.name(), core.get(export.ref().sort(), export.ref().index())) != null) {
                throw context.invalid("duplicate instantiation export name `" + export.name() + "` already defined");
            }
        }
        return exports;
    }

    InstanceType instantiate(ComponentType component, List<Definition.Argument> arguments) {
        Map<String, ExternDesc> args = new HashMap<>();
        for (Definition.Argument argument : arguments) {
            if (args.put(argument.name(), items.apply(argument.ref())) != null) {
                throw context.invalid("instantiation argument `" + argument.name()
                        + "` conflicts with previous argument of the same name");
            }
        }
        Instantiation made = Instantiation.of(context, component, args);
        made.problems().stream().findFirst().ifPresent(problem -> {
            throw context.invalid(
                    problem.actual().isEmpty()
                            ? "missing import named `" + problem.name() + "`"
                            : "type mismatch for import `" + problem.name() + "`: " + problem.why());
        });
        made.defined().forEach(boundary::define);
        return made.type();
    }

    InstanceType inline(List<Definition.InlineExport> exports) {
        Externs externs = new Externs("export", context);
        for (Definition.InlineExport export : exports) {
            externs.add(export.name(), items.apply(export.ref()));
        }
        return new InstanceType(externs.items());
    }
}
