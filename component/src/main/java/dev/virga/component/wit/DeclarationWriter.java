package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.ValueType;
import dev.virga.wit.Function;
import dev.virga.wit.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the declarations of a component type or instance type, and counts its index spaces. */
final class DeclarationWriter {

    /** A named type by what tells it from all others. */
    private record TypeKey(dev.virga.wit.Id owner, String name) {
        static TypeKey of(dev.virga.wit.TypeDef type) {
            return new TypeKey(type.owner(), type.name());
        }
    }

    /** How many declarations there are in a package: a short text can describe very many. */
    static final class Size {
        private static final int MAX = 1_000_000;
        private int declarations;

        private void add() {
            if (++declarations > MAX) {
                throw new ComponentException.Unsupported("the package has more than " + MAX
                        + " declarations once every interface and world is written out");
            }
        }
    }

    private final Size size;
    private final List<Definition> declarations = new ArrayList<>();
    private final Map<TypeKey, Integer> named = new HashMap<>();
    /** Types without a name, each written once. */
    private final Map<TypeDef, Integer> anonymous = new HashMap<>();
    private int types;
    private int instances;

    DeclarationWriter(Size size) {
        this.size = size;
    }

    /** One for the declarations of a type in this one. */
    DeclarationWriter nested() {
        return new DeclarationWriter(size);
    }

    List<Definition> declarations() {
        return declarations;
    }

    private void add(Definition declaration) {
        size.add();
        declarations.add(declaration);
    }

    /** @return the type's index */
    int type(TypeDef type) {
        add(new Definition.Type(0, type));
        return types++;
    }

    int aliasOuter(int index) {
        add(new Definition.AliasOuter(0, Sort.TYPE, 1, index));
        return types++;
    }

    int aliasExport(int instance, String name) {
        add(new Definition.AliasExport(0, Sort.TYPE, instance, name));
        return types++;
    }

    /** @return the index of what is imported or exported, in the space of its sort; of a function, nothing of use */
    int extern(boolean imported, ExternName name, ExternTypeRef type) {
        add(imported ? new Definition.Import(0, name, type) : new Definition.ExportDecl(0, name, type));
        return switch (type) {
            case ExternTypeRef.TypeEq _, ExternTypeRef.SubResource _ -> types++;
            case ExternTypeRef.Instance _ -> instances++;
            default -> -1;
        };
    }

    /** Imports or exports a type under its name; {@code used} is the index of a type that it is another name for. */
    void define(boolean imported, dev.virga.wit.TypeDef type, Optional<Integer> used) {
        ExternTypeRef bound = used.<ExternTypeRef>map(ExternTypeRef.TypeEq::new).orElseGet(() -> bound(type));
        named.put(TypeKey.of(type), extern(imported, name(type.name(), type.annotations()), bound));
    }

    void function(boolean imported, Function function) {
        int type = type(new TypeDef.Func(
                function.params().stream().map(p -> new TypeDef.Labeled(p.name(), value(p.type()))).toList(),
                function.result().map(this::value),
                function.async()));
        extern(imported, name(function.externName(), function.annotations()), new ExternTypeRef.Func(type));
    }

    static ExternName name(String name, dev.virga.wit.Annotations annotations) {
        return new ExternName(name, Optional.empty(), Optional.empty(), annotations.externalId());
    }

    private ExternTypeRef bound(dev.virga.wit.TypeDef type) {
        return switch (type.kind()) {
            case dev.virga.wit.TypeDef.Kind.Resource() -> new ExternTypeRef.SubResource();
            case dev.virga.wit.TypeDef.Kind.Alias(Type.Named(var of)) -> new ExternTypeRef.TypeEq(index(of));
            case dev.virga.wit.TypeDef.Kind.Alias(Type of) -> new ExternTypeRef.TypeEq(switch (value(of)) {
                case ValTypeRef.Index(int index) -> index;
                case ValTypeRef.Primitive(var primitive) -> once(new TypeDef.Primitive(primitive));
            });
            case dev.virga.wit.TypeDef.Kind.Record(var fields) -> new ExternTypeRef.TypeEq(type(new TypeDef.Record(
                    fields.stream().map(f -> new TypeDef.Labeled(f.name(), value(f.type()))).toList())));
            case dev.virga.wit.TypeDef.Kind.Variant(var cases) -> new ExternTypeRef.TypeEq(type(new TypeDef.Variant(
                    cases.stream().map(c -> new TypeDef.Case(c.name(), c.type().map(this::value))).toList())));
            case dev.virga.wit.TypeDef.Kind.Enum(var labels) ->
                new ExternTypeRef.TypeEq(type(new TypeDef.Enum(names(labels))));
            case dev.virga.wit.TypeDef.Kind.Flags(var labels) ->
                new ExternTypeRef.TypeEq(type(new TypeDef.Flags(names(labels))));
            case dev.virga.wit.TypeDef.Kind.Use _ -> throw new IllegalArgumentException(type.name() + " is a use");
        };
    }

    private static List<String> names(List<dev.virga.wit.TypeDef.Label> labels) {
        return labels.stream().map(dev.virga.wit.TypeDef.Label::name).toList();
    }

    private int index(dev.virga.wit.TypeDef type) {
        return named.get(TypeKey.of(type));
    }

    private int once(TypeDef type) {
        Integer known = anonymous.get(type);
        if (known == null) {
            known = type(type);
            anonymous.put(type, known);
        }
        return known;
    }

    private Optional<ValTypeRef> value(Optional<Type> type) {
        return type.map(this::value);
    }

    private ValTypeRef value(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> new ValTypeRef.Primitive(ValueType.Primitive.valueOf(primitive.name()));
            case Type.Named(var of) when !of.isResource() -> new ValTypeRef.Index(index(of));
            case Type.Named(var resource) -> anonymous(new TypeDef.Own(index(resource)));
            case Type.Borrow(var resource) -> anonymous(new TypeDef.Borrow(index(resource)));
            case Type.ListOf(Type element) -> anonymous(new TypeDef.ListOf(value(element)));
            case Type.FixedList(Type element, int length) -> anonymous(new TypeDef.FixedList(value(element), length));
            case Type.MapOf(Type key, Type value) -> anonymous(new TypeDef.MapOf(value(key), value(value)));
            case Type.Option(Type some) -> anonymous(new TypeDef.Option(value(some)));
            case Type.Result(var ok, var error) -> anonymous(new TypeDef.Result(value(ok), value(error)));
            case Type.Tuple(List<Type> of) -> anonymous(new TypeDef.Tuple(of.stream().map(this::value).toList()));
            case Type.Stream(var element) -> anonymous(new TypeDef.Stream(value(element)));
            case Type.Future(var element) -> anonymous(new TypeDef.Future(value(element)));
        };
    }

    private ValTypeRef anonymous(TypeDef type) {
        return new ValTypeRef.Index(once(type));
    }
}
