package dev.virga.component.validation;

import dev.virga.component.binary.Definition;
import dev.virga.component.binary.Sort;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import java.util.ArrayList;
import java.util.List;

/** Resolves the declarations of a component type or instance type (Explainer, "Declarators"). */
final class DeclarationResolver {

    private final TypeScope scope;
    private final Context context;
    private final Boundary boundary;
    private final List<InstanceType> instances = new ArrayList<>();

    DeclarationResolver(TypeScope outer, boolean component) {
        this.scope = outer.nested(component ? TypeScope.Kind.COMPONENT_TYPE : TypeScope.Kind.INSTANCE_TYPE);
        this.context = scope.context();
        this.boundary = new Boundary(scope);
    }

    ComponentType component(List<Definition> declarations) {
        declarations.forEach(this::declare);
        return boundary.componentType();
    }

    InstanceType instance(List<Definition> declarations) {
        declarations.forEach(this::declare);
        return boundary.instanceType();
    }

    private void declare(Definition declaration) {
        int before = context.offset();
        context.at(declaration.offset());
        switch (declaration) {
            case Definition.CoreType t -> scope.addCore(scope.resolve(t.type()));
            case Definition.Type t -> scope.add(scope.resolve(t.type()));
            case Definition.AliasOuter a -> outer(a);
            case Definition.AliasExport a -> export(a);
            case Definition.Import i -> add(boundary.addImport(i.name(), i.type()));
            case Definition.ExportDecl e -> add(boundary.addExport(e.name(), e.type()));
            default -> throw context.invalid("a type may only alias types, core types and exports of instances");
        }
        context.at(before);
    }

    private void outer(Definition.AliasOuter alias) {
        switch (alias.sort()) {
            case TYPE -> scope.add(scope.outerType(alias.count(), alias.index()));
            case CORE_TYPE -> scope.addCore(scope.outer(alias.count()).coreType(alias.index()));
            default -> throw context.invalid("an outer alias inside a type may only refer to types or core types, not to a "
                    + alias.sort());
        }
    }

    private void export(Definition.AliasExport alias) {
        if (alias.sort() != Sort.TYPE && alias.sort() != Sort.INSTANCE) {
            throw context.invalid("an alias inside a type may only refer to types or instances, not to a " + alias.sort());
        }
        int index = alias.instance();
        if (index < 0 || index >= instances.size()) {
            throw context.invalid("instance index out of bounds: " + Integer.toUnsignedString(index));
        }
        ExternDesc export = instances.get(index).exports().get(alias.name());
        if (alias.sort() == Sort.TYPE && export instanceof ExternDesc.Type(DefType type)) {
            scope.add(type);
        } else if (alias.sort() == Sort.INSTANCE && export instanceof ExternDesc.Instance(InstanceType type)) {
            instances.add(type);
        } else {
            throw context.invalid("instance " + index + " has no export named `" + alias.name() + "` that is a "
                    + alias.sort());
        }
    }

    private void add(ExternDesc type) {
        switch (type) {
            case ExternDesc.Type(DefType t) -> scope.add(t);
            case ExternDesc.Instance(InstanceType i) -> instances.add(i);
            // These have index spaces too, but a declaration cannot refer to them.
            case ExternDesc.CoreModule m -> {}
            case ExternDesc.Func f -> {}
            case ExternDesc.Value v -> {}
            case ExternDesc.Component c -> {}
        }
    }
}
