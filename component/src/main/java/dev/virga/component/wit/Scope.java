package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.CanonDef;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.Definition.Ref;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the definitions of a valid component, component type or instance type and keeps what
 * their indices stand for. An instantiation follows the component's definitions anew, with the
 * arguments in the place of its imports, so that every type keeps its identity.
 */
public final class Scope {

    /** Components can repeat each other exponentially and in long chains; tools make a few levels. */
    private static final int MAX_WORK = 1_000_000;

    private static final int MAX_DEPTH = 100;

    private static final class Work {
        private int done;
    }

    private final Optional<Scope> parent;
    private final boolean ofType;
    private final Work work;
    private final int depth;
    private final List<TypeNode> types = new ArrayList<>();
    private final List<Item> functions = new ArrayList<>();
    private final List<Item.Instance> instances = new ArrayList<>();
    private final List<Item.Component> components = new ArrayList<>();
    private final Map<String, Item> arguments = new HashMap<>();
    private final Map<String, Item.Named> imports = new LinkedHashMap<>();
    private final Map<String, Item.Named> exports = new LinkedHashMap<>();

    private Scope(Optional<Scope> parent, boolean ofType, Work work, int depth) {
        this.parent = parent;
        this.ofType = ofType;
        this.work = work;
        this.depth = depth;
        if (depth > MAX_DEPTH) {
            throw new ComponentException.Unsupported("the component instantiates others over more than " + MAX_DEPTH
                    + " levels; its types cannot be told");
        }
    }

    /** @param definitions of a component that stands alone, up to where they are of interest */
    public static Scope ofRoot(List<Definition> definitions) {
        Scope root = new Scope(Optional.empty(), false, new Work(), 0);
        definitions.forEach(root::follow);
        return root;
    }

    /** What a component or a component type imports and exports, nothing being known of its imports. */
    public static Scope ofType(Item.Component type) {
        Scope outer = type.outer();
        Scope scope = new Scope(Optional.of(outer), true, outer.work, outer.depth + 1);
        type.definitions().forEach(scope::follow);
        return scope;
    }

    /** Whether it is that of an instance type or component type. */
    public boolean isOfType() {
        return ofType;
    }

    public Map<String, Item.Named> imports() {
        return imports;
    }

    public Map<String, Item.Named> exports() {
        return exports;
    }

    public TypeNode type(int index) {
        return types.get(index);
    }

    private void follow(Definition definition) {
        if (++work.done > MAX_WORK) {
            throw new ComponentException.Unsupported("the component has more than " + MAX_WORK
                    + " definitions once every instantiation is written out; its types cannot be told");
        }
        switch (definition) {
            case Definition.Type(int _, TypeDef type) ->
                types.add(type instanceof TypeDef.Resource ? new TypeNode.Resource() : new TypeNode.Defined(type, this));
            case Definition.Component c -> components.add(new Item.Component(c.binary().definitions(), this));
            case Definition.Instantiate(int _, int component, List<Definition.Argument> args) ->
                instances.add(instantiate(components.get(component), args));
            case Definition.Inline(int _, List<Definition.InlineExport> inline) -> {
                Map<String, Item.Named> items = new LinkedHashMap<>();
                inline.forEach(e -> items.put(e.name().text(), new Item.Named(e.name(), item(e.ref()))));
                instances.add(new Item.Instance(items));
            }
            case Definition.AliasExport(int _, Sort _, int instance, String name) ->
                add(instances.get(instance).exports().get(name).item());
            case Definition.AliasOuter(int _, Sort sort, int count, int index) -> {
                Scope scope = this;
                for (int i = 0; i < count; i++) {
                    scope = scope.parent.orElseThrow();
                }
                add(scope.item(new Ref(sort, index)));
            }
            case Definition.Canon(int _, CanonDef canon) -> {
                if (canon instanceof CanonDef.Lift lift) {
                    functions.add(new Item.Func(types.get(lift.type())));
                }
            }
            case Definition.Import(int _, var name, ExternTypeRef type) -> {
                Item given = arguments.get(name.text());
                Item item = given != null ? given : fromType(type);
                imports.put(name.text(), new Item.Named(name, item));
                add(item);
            }
            case Definition.ExportDecl(int _, var name, ExternTypeRef type) ->
                export(new Item.Named(name, fromType(type)));
            case Definition.Export(int _, var name, Ref ref, Optional<ExternTypeRef> type) ->
                export(new Item.Named(name, type.map(this::fromType).orElseGet(() -> renamed(item(ref)))));
            // Nothing of the core, and no value, shows in WIT.
            case Definition.CoreModule _, Definition.CoreInstantiate _, Definition.CoreInline _,
                    Definition.AliasCoreExport _, Definition.CoreType _, Definition.Start _, Definition.Value _ -> { }
        }
    }

    private void export(Item.Named export) {
        exports.put(export.name().text(), export);
        add(export.item());
    }

    private static Item renamed(Item item) {
        return item instanceof Item.Type(TypeNode type) ? new Item.Type(new TypeNode.Alias(type)) : item;
    }

    private void add(Item item) {
        switch (item) {
            case Item.Func f -> functions.add(f);
            case Item.Type(TypeNode type) -> types.add(type);
            case Item.Instance i -> instances.add(i);
            case Item.Component c -> components.add(c);
            case Item.Other _ -> { }
        }
    }

    private Item item(Ref ref) {
        return switch (ref.sort()) {
            case FUNC -> functions.get(ref.index());
            case TYPE -> new Item.Type(types.get(ref.index()));
            case INSTANCE -> instances.get(ref.index());
            case COMPONENT -> components.get(ref.index());
            default -> new Item.Other();
        };
    }

    private Item.Instance instantiate(Item.Component component, List<Definition.Argument> args) {
        Scope scope = new Scope(Optional.of(component.outer()), false, work, depth + 1);
        args.forEach(a -> scope.arguments.put(a.name(), item(a.ref())));
        component.definitions().forEach(scope::follow);
        return new Item.Instance(scope.exports);
    }

    private Item fromType(ExternTypeRef type) {
        return switch (type) {
            case ExternTypeRef.Func(int index) -> new Item.Func(types.get(index));
            case ExternTypeRef.TypeEq(int index) -> new Item.Type(new TypeNode.Alias(types.get(index)));
            case ExternTypeRef.SubResource _ -> new Item.Type(new TypeNode.Resource());
            case ExternTypeRef.Instance(int index) -> instance((TypeNode.Defined) types.get(index).base());
            case ExternTypeRef.Component(int index) -> types.get(index).component().orElseThrow();
            case ExternTypeRef.CoreModule _, ExternTypeRef.Value _, ExternTypeRef.ValueEq _ -> new Item.Other();
        };
    }

    /** An instance of a type, with abstract resource types of its own. */
    private Item.Instance instance(TypeNode.Defined type) {
        Scope scope = new Scope(Optional.of(type.scope()), true, work, depth + 1);
        ((TypeDef.Instance) type.definition()).declarations().forEach(scope::follow);
        return new Item.Instance(scope.exports);
    }
}
