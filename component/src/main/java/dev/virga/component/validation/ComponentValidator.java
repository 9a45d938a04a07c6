package dev.virga.component.validation;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Section;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.engine.FuncType;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import dev.virga.engine.ValType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Validates a component definition by definition, as its index spaces grow (Explainer and Binary,
 * the notes on validation).
 */
public final class ComponentValidator {

    private final Optional<ComponentValidator> outer;
    private final Context context;
    private final TypeScope types;
    private final Boundary boundary;
    private final CoreSpace core;
    private final IndexSpace<FunctionType> funcs;
    private final IndexSpace<ComponentType> components;
    private final IndexSpace<InstanceType> instances;
    private final Values values;
    private final CanonValidator canon;
    private final InstanceValidator instantiation;

    private ComponentValidator(Optional<ComponentValidator> outer, TypeScope types) {
        this.outer = outer;
        this.types = types;
        this.context = types.context();
        this.boundary = new Boundary(types);
        this.core = new CoreSpace(context);
        this.funcs = new IndexSpace<>("function", context);
        this.components = new IndexSpace<>("component", context);
        this.instances = new IndexSpace<>("instance", context);
        this.values = new Values(types);
        this.canon = new CanonValidator(types, core, funcs);
        this.instantiation = new InstanceValidator(context, core, boundary, this::item);
    }

    /**
     * Validates a component and gives its type.
     *
     * @throws ComponentException if it breaks a rule
     */
    public static ComponentType validate(ComponentBinary binary) {
        return new ComponentValidator(Optional.empty(), TypeScope.root(new Context())).run(binary);
    }

    private ComponentType run(ComponentBinary binary) {
        for (Definition definition : binary.definitions()) {
            context.at(definition.offset(), definition.section().in(binary.start()));
            define(binary, definition);
        }
        context.at(binary.end(), "at the end" + Section.of(binary.start()));
        values.finish();
        ComponentType type = boundary.componentType();
        context.info(type);
        return type;
    }

    private void define(ComponentBinary binary, Definition definition) {
        switch (definition) {
            case Definition.CoreModule m -> core.modules.add(module(binary, m));
            case Definition.Component c ->
                components.add(new ComponentValidator(Optional.of(this), types.nested(TypeScope.Kind.COMPONENT)).run(c.binary()));
            case Definition.CoreInstantiate i -> core.instances.add(instantiation.instantiate(i));
            case Definition.CoreInline i -> core.instances.add(instantiation.inline(i));
            case Definition.Instantiate i ->
                addInstance(instantiation.instantiate(components.get(i.component()), i.args()));
            case Definition.Inline i -> addInstance(instantiation.inline(i.exports()));
            case Definition.AliasExport a -> aliasExport(a);
            case Definition.AliasCoreExport a -> core.alias(a.sort(), a.instance(), a.name());
            case Definition.AliasOuter a -> aliasOuter(a);
            case Definition.CoreType t -> types.addCore(types.resolve(t.type()));
            case Definition.Type t -> type(t.type());
            case Definition.Canon c -> canon.validate(c.canon());
            case Definition.Start s -> values.start(funcs.get(s.func()), s);
            case Definition.Import i -> add(boundary.addImport(i.name(), i.type()));
            case Definition.Export e -> export(e);
            case Definition.Value v -> values.define(binary, v);
            case Definition.ExportDecl e -> throw new IllegalArgumentException("only in types");
        }
    }

    private ModuleType module(ComponentBinary binary, Definition.CoreModule module) {
        try {
            ModuleType type = ModuleTypeReader.read(binary.bytes(), module.start(), module.end());
            CoreTypeResolver.check(type, context);
            return type;
        } catch (ModuleException.Malformed e) {
            throw new ComponentException.Malformed(
                    "core module: " + e.getMessage() + ", in the module",
                    module.start(),
                    Section.CORE_MODULE.in(binary.start()));
        } catch (ModuleException e) {
            throw context.invalid("core module: " + e.getMessage() + ", in the module");
        }
    }

    private void type(TypeDef definition) {
        DefType type = types.resolve(definition);
        types.add(type);
        if (definition instanceof TypeDef.Resource resource && type instanceof ResourceType r) {
            ValType representation = resource.representation();
            if (representation == ValType.Num.I64) {
                throw context.unsupported("a resource represented by i64: that belongs to 64-bit memories, a gated"
                        + " feature of the component model");
            }
            if (representation != ValType.Num.I32) {
                throw context.invalid("resources can only be represented by i32 or i64");
            }
            resource.dtor().ifPresent(dtor -> {
                if (!core.funcs.get(dtor).equals(new FuncType(List.of(representation), List.of()))) {
                    throw context.invalid("core function " + dtor + " has wrong signature for a destructor");
                }
            });
            boundary.define(r);
            canon.define(r, representation);
        }
    }

    private void aliasExport(Definition.AliasExport alias) {
        ExternDesc export = instances.get(alias.instance()).exports().get(alias.name());
        if (export == null) {
            throw context.invalid("instance " + alias.instance() + " has no export named `" + alias.name() + "`");
        }
        if (sort(export) != alias.sort()) {
            throw context.invalid("export `" + alias.name() + "` for instance " + alias.instance() + " is not a "
                    + alias.sort());
        }
        add(export);
    }

    private void aliasOuter(Definition.AliasOuter alias) {
        switch (alias.sort()) {
            case TYPE -> types.add(types.outerType(alias.count(), alias.index()));
            case CORE_TYPE -> types.addCore(types.outer(alias.count()).coreType(alias.index()));
            case CORE_MODULE -> core.modules.add(outer(alias.count()).core.modules.get(alias.index()));
            case COMPONENT -> components.add(outer(alias.count()).components.get(alias.index()));
            default -> throw context.invalid("an outer alias cannot refer to a " + alias.sort());
        }
    }

    private ComponentValidator outer(int count) {
        ComponentValidator validator = this;
        for (int i = 0; i != count; i++) {
            validator = validator.outer.orElseThrow(
                    () -> context.invalid("invalid outer alias count of " + Integer.toUnsignedString(count)));
        }
        return validator;
    }

    private void export(Definition.Export export) {
        ExternDesc actual = item(export.ref());
        ExternDesc type;
        if (export.type().isPresent()) {
            ExternDesc declared = types.resolve(export.name().text(), export.type().get());
            Subtyping subtyping = new Subtyping(context);
            if (export.type().get() instanceof ExternTypeRef.SubResource
                    && declared instanceof ExternDesc.Type(ResourceType r)) {
                subtyping.open(Set.of(r));
            }
            subtyping.check(actual, declared).ifPresent(why -> {
                throw context.invalid("ascribed type of export is not compatible: " + why);
            });
            type = boundary.addExport(export.name(), export.type().get());
        } else {
            type = actual instanceof ExternDesc.Type(DefType t)
                    ? new ExternDesc.Type(types.named(t, export.name().text()))
                    : actual;
            boundary.addExport(export.name(), type);
        }
        add(type);
        if (type instanceof ExternDesc.Value) {
            values.exported();
        }
    }

    /** The type of a definition that an export or argument refers to. */
    private ExternDesc item(Definition.Ref ref) {
        int index = ref.index();
        return switch (ref.sort()) {
            case CORE_MODULE -> new ExternDesc.CoreModule(core.modules.get(index));
            case FUNC -> new ExternDesc.Func(funcs.get(index));
            case VALUE -> new ExternDesc.Value(values.use(index));
            case TYPE -> new ExternDesc.Type(types.type(index));
            case COMPONENT -> new ExternDesc.Component(components.get(index));
            case INSTANCE -> new ExternDesc.Instance(instances.get(index));
            default -> throw context.invalid("a " + ref.sort() + " cannot be imported, exported or passed");
        };
    }

    private void add(ExternDesc item) {
        switch (item) {
            case ExternDesc.CoreModule(ModuleType type) -> core.modules.add(type);
            case ExternDesc.Func(FunctionType type) -> funcs.add(type);
            case ExternDesc.Value(var type) -> values.add(type);
            case ExternDesc.Type(DefType type) -> types.add(type);
            case ExternDesc.Instance(InstanceType type) -> addInstance(type);
            case ExternDesc.Component(ComponentType type) -> components.add(type);
        }
    }

    private void addInstance(InstanceType type) {
        context.info(type);
        instances.add(type);
    }

    private static Sort sort(ExternDesc item) {
        return switch (item) {
            case ExternDesc.CoreModule m -> Sort.CORE_MODULE;
            case ExternDesc.Func f -> Sort.FUNC;
            case ExternDesc.Value v -> Sort.VALUE;
            case ExternDesc.Type t -> Sort.TYPE;
            case ExternDesc.Instance i -> Sort.INSTANCE;
            case ExternDesc.Component c -> Sort.COMPONENT;
        };
    }
}
