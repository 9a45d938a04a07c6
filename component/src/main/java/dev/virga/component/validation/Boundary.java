package dev.virga.component.validation;

import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The imports and exports of a component, component type or instance type as they are collected
 * (Binary, "Import and Export Definitions").
 */
final class Boundary {

    private final TypeScope scope;
    private final Context context;
    private final Externs imports;
    private final Externs exports;
    private final Visibility visibility;
    private final Set<ResourceType> imported = new LinkedHashSet<>();
    private final Set<ResourceType> defined = new LinkedHashSet<>();

    Boundary(TypeScope scope) {
        this.scope = scope;
        this.context = scope.context();
        this.imports = new Externs("import", context);
        this.exports = new Externs("export", context);
        this.visibility = new Visibility(context);
    }

    /** Notes a resource type that each instantiation makes afresh. */
    void define(ResourceType type) {
        defined.add(type);
    }

    /** Adds an import and gives the type of what it brings into the index spaces. */
    ExternDesc addImport(ExternName name, ExternTypeRef reference) {
        ExternDesc type = introduce(scope.resolve(name.text(), reference), reference, imported);
        Optional<DefType> referenced = reference instanceof ExternTypeRef.TypeEq(int index)
                ? Optional.of(scope.type(index))
                : Optional.empty();
        if (scope.kind() != TypeScope.Kind.INSTANCE_TYPE && !visibility.imports(type, referenced)) {
            throw invisible("import", name);
        }
        add(imports, name, type);
        return type;
    }

    /** Adds an export of a declared type and gives the type of what it brings into the index spaces. */
    ExternDesc addExport(ExternName name, ExternTypeRef reference) {
        ExternDesc type = introduce(scope.resolve(name.text(), reference), reference, defined);
        addExport(name, type);
        return type;
    }

    /** Adds an export whose type is known. */
    void addExport(ExternName name, ExternDesc type) {
        if (scope.kind() != TypeScope.Kind.INSTANCE_TYPE && !visibility.exports(type)) {
            throw invisible("export", name);
        }
        if (type instanceof ExternDesc.Value(ValueType v) && context.info(v).borrows()) {
            throw context.invalid("exported value type cannot contain a `borrow` type");
        }
        add(exports, name, type);
    }

    private static void add(Externs externs, ExternName name, ExternDesc type) {
        if (type instanceof ExternDesc.Type(ResourceType resource)) {
            externs.register(name.text(), resource);
        }
        externs.add(name, type);
    }

    private RuntimeException invisible(String direction, ExternName name) {
        return context.invalid("`" + name.text() + "` is not valid to be used as " + direction
                + ": its type refers to a type that has no name there, so import or export that first");
    }

    /** Takes over the abstract resource types that an import or export introduces, fresh ones for an instance. */
    private ExternDesc introduce(ExternDesc type, ExternTypeRef reference, Set<ResourceType> resources) {
        if (reference instanceof ExternTypeRef.SubResource && type instanceof ExternDesc.Type(ResourceType r)) {
            resources.add(r);
        }
        if (!(type instanceof ExternDesc.Instance(InstanceType instance)) || instance.resources().isEmpty()) {
            return type;
        }
        Map<ResourceType, ResourceType> fresh = fresh(instance.resources());
        resources.addAll(fresh.values());
        return new ExternDesc.Instance(
                new InstanceType(new Substitution(context, fresh, Map.of()).apply(instance.exports())));
    }

    static Map<ResourceType, ResourceType> fresh(Set<ResourceType> resources) {
        Map<ResourceType, ResourceType> fresh = HashMap.newHashMap(resources.size());
        resources.forEach(r -> fresh.put(r, new ResourceType(r.name())));
        return fresh;
    }

    InstanceType instanceType() {
        return new InstanceType(exports.items(), defined);
    }

    ComponentType componentType() {
        FreeResources inImports = new FreeResources(context);
        imports.items().values().forEach(inImports::visit);
        if (inImports.found().stream().anyMatch(defined::contains)) {
            throw context.invalid("local resource type found in imports");
        }
        FreeResources inExports = new FreeResources(context);
        exports.items().values().forEach(inExports::visit);
        Set<ResourceType> shown = new LinkedHashSet<>();
        exports.items().values().forEach(e -> explicit(e, shown));
        Set<ResourceType> made = new LinkedHashSet<>(defined);
        made.retainAll(inExports.found());
        if (!shown.containsAll(made)) {
            throw context.invalid("local resource type is not exported but found in the type of an export");
        }
        return new ComponentType(imports.items(), exports.items(), imported, made);
    }

    private void explicit(ExternDesc export, Set<ResourceType> shown) {
        context.charge(1);
        switch (export) {
            case ExternDesc.Type(ResourceType r) -> shown.add(r);
            case ExternDesc.Instance(InstanceType i) -> i.exports().values().forEach(e -> explicit(e, shown));
            default -> {}
        }
    }
}
