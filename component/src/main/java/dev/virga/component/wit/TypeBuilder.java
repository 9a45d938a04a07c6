package dev.virga.component.wit;

import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.ValueType;
import dev.virga.wit.Type;
import dev.virga.wit.TypeDef.Kind;
import java.util.List;
import java.util.Optional;

/** Turns types into WIT, with the names that they have in one interface. */
final class TypeBuilder {

    private final MembersBuilder home;
    private final TypeNames names;

    TypeBuilder(MembersBuilder home, TypeNames names) {
        this.home = home;
        this.names = names;
    }

    /** What a type's new name stands for: a type with a name already, or else its definition. */
    Kind kind(String name, TypeNode node, Docs docs) {
        Optional<dev.virga.wit.TypeDef> known = names.find(node);
        if (known.isPresent()) {
            return known.get().owner().equals(home.id())
                    ? new Kind.Alias(new Type.Named(known.get()))
                    : home.use(known.get());
        }
        return switch (node.base()) {
            case TypeNode.Resource _ -> new Kind.Resource();
            case TypeNode.Defined(TypeDef.Record(List<TypeDef.Labeled> fields), Scope scope) ->
                new Kind.Record(fields.stream()
                        .map(f -> new dev.virga.wit.TypeDef.Field(f.name(), type(f.type(), scope), docs.text(f.name())))
                        .toList());
            case TypeNode.Defined(TypeDef.Variant(List<TypeDef.Case> cases), Scope scope) ->
                new Kind.Variant(cases.stream()
                        .map(c -> new dev.virga.wit.TypeDef.Case(c.name(), type(c.type(), scope), docs.text(c.name())))
                        .toList());
            case TypeNode.Defined(TypeDef.Enum(List<String> labels), Scope _) -> new Kind.Enum(labels(labels, docs));
            case TypeNode.Defined(TypeDef.Flags(List<String> labels), Scope _) -> new Kind.Flags(labels(labels, docs));
            case TypeNode.Defined(TypeDef.Value value, Scope scope) -> new Kind.Alias(anonymous(value, scope));
            default -> throw WorldBuilder.unspeakable(name, "a name for a function, instance or component type");
        };
    }

    private static List<dev.virga.wit.TypeDef.Label> labels(List<String> labels, Docs docs) {
        return labels.stream().map(l -> new dev.virga.wit.TypeDef.Label(l, docs.text(l))).toList();
    }

    Type type(ValTypeRef reference, Scope scope) {
        names.work();
        return switch (reference) {
            case ValTypeRef.Primitive(ValueType.Primitive primitive) -> primitive(primitive);
            case ValTypeRef.Index(int index) -> type(scope.type(index));
        };
    }

    private Optional<Type> type(Optional<ValTypeRef> reference, Scope scope) {
        return reference.map(r -> type(r, scope));
    }

    private Type type(TypeNode node) {
        Optional<dev.virga.wit.TypeDef> known = names.find(node);
        if (known.isPresent()) {
            return new Type.Named(home.used(known.get()));
        }
        if (node.base() instanceof TypeNode.Defined(TypeDef.Value value, Scope scope)) {
            return anonymous(value, scope);
        }
        throw WorldBuilder.unspeakable(home.id().toString(), "it uses a resource or function type without a name");
    }

    private Type anonymous(TypeDef.Value value, Scope scope) {
        return switch (value) {
            case TypeDef.Primitive(ValueType.Primitive primitive) -> primitive(primitive);
            case TypeDef.ListOf(ValTypeRef element) -> new Type.ListOf(type(element, scope));
            case TypeDef.FixedList(ValTypeRef element, int length) -> new Type.FixedList(type(element, scope), length);
            case TypeDef.MapOf(ValTypeRef key, ValTypeRef of) -> new Type.MapOf(type(key, scope), type(of, scope));
            case TypeDef.Tuple(List<ValTypeRef> types) ->
                new Type.Tuple(types.stream().map(t -> type(t, scope)).toList());
            case TypeDef.Option(ValTypeRef some) -> new Type.Option(type(some, scope));
            case TypeDef.Result(Optional<ValTypeRef> ok, Optional<ValTypeRef> error) ->
                new Type.Result(type(ok, scope), type(error, scope));
            case TypeDef.Stream(Optional<ValTypeRef> element) -> new Type.Stream(type(element, scope));
            case TypeDef.Future(Optional<ValTypeRef> element) -> new Type.Future(type(element, scope));
            case TypeDef.Own(int resource) -> type(scope.type(resource));
            case TypeDef.Borrow(int resource) ->
                new Type.Borrow(((Type.Named) type(scope.type(resource))).definition());
            case TypeDef.Record _, TypeDef.Variant _, TypeDef.Enum _, TypeDef.Flags _ ->
                throw WorldBuilder.unspeakable(home.id().toString(), "it uses a record, variant, enum or flags without a name");
        };
    }

    private static Type primitive(ValueType.Primitive type) {
        return Type.Primitive.valueOf(type.name());
    }
}
