package dev.virga.wit;

import dev.virga.wit.Ast.TypeBody;
import dev.virga.wit.Ast.TypeExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of an interface or world: resolves those it declares, each after the ones it refers to. */
final class TypeScope {

    private static final int MAX_FLAGS = 32;

    private final Id owner;
    private final Resolver resolver;
    private final InterfaceResolver interfaces;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<TypeDef> used = new ArrayList<>();
    private final List<TypeDef> defined = new ArrayList<>();
    private int nesting;

    /** A name; {@code type} and {@code mistake} are null until it is resolved, one of them afterwards. */
    private static final class Slot {
        final Scope scope;
        final Ast.TypeDecl decl;
        TypeDef type;
        WitException mistake;
        boolean inProgress;

        Slot(Scope scope, Ast.TypeDecl decl) {
            this.scope = scope;
            this.decl = decl;
        }

        TypeDef known() {
            if (mistake != null) {
                throw mistake;
            }
            return type;
        }
    }

    /** A resource's declaration, for its functions. */
    record ResourceDecl(Scope scope, TypeDef type, List<Ast.FuncDecl> functions) {}

    TypeScope(Id owner, Resolver resolver, InterfaceResolver interfaces) {
        this.owner = owner;
        this.resolver = resolver;
        this.interfaces = interfaces;
    }

    void use(Scope scope, Ast.Path path, Ast.UseName name, Annotations annotations) {
        String own = scope.renamed(name.name().text());
        Slot slot = new Slot(scope, null);
        slots.put(own, slot);
        resolver.problems().attempt(() -> {
            Interface from = interfaces.at(scope, path);
            TypeDef original = interfaces.scopeOf(from).find(name.original()).orElseThrow(
                    () -> scope.error(name.original(),
                            "the interface " + from.id() + " has no type '" + name.original().text() + "'"));
            TypeDef def = new TypeDef(owner, own, new TypeDef.Kind.Use(original), annotations);
            resolver.limits().check(def, scope, name.name().at());
            slot.type = def;
            used.add(def);
        }).ifPresent(mistake -> slot.mistake = mistake);
    }

    void declare(Scope scope, Ast.TypeDecl decl) {
        slots.put(scope.renamed(decl.name().text()), new Slot(scope, decl));
    }

    /** A type, all being resolved. */
    private Optional<TypeDef> find(Ast.Name name) {
        return Optional.ofNullable(slots.get(name.text())).map(Slot::known);
    }

    /** Resolves all types: used ones first, then the others in the order of their dependence. */
    List<TypeDef> resolve() {
        for (Slot slot : slots.values()) {
            if (slot.decl != null) {
                resolver.problems().attempt(() -> resolve(slot, slot.scope, slot.decl.name().at()));
            }
        }
        List<TypeDef> all = new ArrayList<>(used);
        all.addAll(defined);
        return all;
    }

    /** The resources declared here with their functions, in the order of {@link #resolve}. */
    List<ResourceDecl> resources() {
        List<ResourceDecl> resources = new ArrayList<>();
        for (TypeDef type : defined) {
            Slot slot = slots.get(type.name());
            if (slot.decl.body() instanceof TypeBody.Resource(List<Ast.FuncDecl> functions)) {
                resources.add(new ResourceDecl(slot.scope, type, functions));
            }
        }
        return resources;
    }

    private TypeDef resource(Scope scope, Ast.Name name) {
        TypeDef resource = named(scope, name);
        if (!resource.isResource()) {
            throw scope.error(name, "only a resource can be owned or borrowed; '" + name.text() + "' is none");
        }
        return resource;
    }

    private TypeDef named(Scope scope, Ast.Name name) {
        Slot slot = slots.get(scope.renamed(name.text()));
        if (slot == null) {
            throw scope.error(name, "there is no type '" + name.text() + "' here");
        }
        return resolve(slot, scope, name.at());
    }

    private TypeDef resolve(Slot slot, Scope from, int at) {
        if (slot.type != null || slot.mistake != null) {
            return slot.known();
        }
        if (slot.inProgress) {
            throw from.error(at, "the type '" + slot.decl.name().text() + "' contains itself");
        }
        if (nesting == Limits.MAX_DEPTH) {
            throw from.error(at, "types refer to each other over more than " + Limits.MAX_DEPTH + " steps");
        }
        slot.inProgress = true;
        nesting++;
        try {
            slot.type = define(slot);
        } catch (WitException e) {
            slot.mistake = e;
            throw e;
        } finally {
            nesting--;
        }
        defined.add(slot.type);
        return slot.type;
    }

    private TypeDef define(Slot slot) {
        Ast.Name name = slot.decl.name();
        TypeDef type = new TypeDef(owner, slot.scope.renamed(name.text()), kind(slot.scope, slot.decl.body(), name),
                slot.decl.annotations());
        resolver.limits().check(type, slot.scope, name.at());
        return type;
    }

    private TypeDef.Kind kind(Scope scope, TypeBody body, Ast.Name of) {
        return switch (body) {
            case TypeBody.Alias(TypeExpr type) -> new TypeDef.Kind.Alias(type(scope, type));
            case TypeBody.Resource r -> new TypeDef.Kind.Resource();
            case TypeBody.Record(List<Ast.Field> fields) -> {
                unique(scope, fields.stream().map(Ast.Field::name).toList(), of);
                yield new TypeDef.Kind.Record(fields.stream()
                        .map(f -> new TypeDef.Field(f.name().text(), type(scope, f.type()), f.docs()))
                        .toList());
            }
            case TypeBody.Variant(List<Ast.Case> cases) -> {
                unique(scope, cases.stream().map(Ast.Case::name).toList(), of);
                yield new TypeDef.Kind.Variant(cases.stream()
                        .map(c -> new TypeDef.Case(c.name().text(), type(scope, c.type()), c.docs()))
                        .toList());
            }
            case TypeBody.Enum(List<Ast.Case> cases) -> new TypeDef.Kind.Enum(labels(scope, cases, of));
            case TypeBody.Flags(List<Ast.Case> flags) -> {
                if (flags.size() > MAX_FLAGS) {
                    throw scope.error(of, "'" + of.text() + "' has " + flags.size() + " flags; at most " + MAX_FLAGS
                            + " are possible");
                }
                yield new TypeDef.Kind.Flags(labels(scope, flags, of));
            }
        };
    }

    private static List<TypeDef.Label> labels(Scope scope, List<Ast.Case> cases, Ast.Name of) {
        unique(scope, cases.stream().map(Ast.Case::name).toList(), of);
        return cases.stream().map(c -> new TypeDef.Label(c.name().text(), c.docs())).toList();
    }

    private static void unique(Scope scope, List<Ast.Name> names, Ast.Name of) {
        UniqueNames unique = new UniqueNames(scope);
        names.forEach(n -> unique.add(n, "'" + of.text() + "'"));
    }

    private Optional<Type> type(Scope scope, Optional<TypeExpr> type) {
        return type.map(t -> type(scope, t));
    }

    Type type(Scope scope, TypeExpr type) {
        return switch (type) {
            case TypeExpr.Primitive(Type.Primitive primitive) -> primitive;
            case TypeExpr.Named(Ast.Name name) -> new Type.Named(named(scope, name));
            case TypeExpr.Own(Ast.Name name) -> new Type.Named(resource(scope, name));
            case TypeExpr.Borrow(Ast.Name name) -> new Type.Borrow(resource(scope, name));
            case TypeExpr.ListOf(TypeExpr element) -> new Type.ListOf(type(scope, element));
            case TypeExpr.FixedList(TypeExpr element, int length) -> new Type.FixedList(type(scope, element), length);
            case TypeExpr.MapOf(Type.Primitive key, TypeExpr value) -> new Type.MapOf(key, type(scope, value));
            case TypeExpr.Option(TypeExpr some) -> new Type.Option(type(scope, some));
            case TypeExpr.Result(Optional<TypeExpr> ok, Optional<TypeExpr> error) ->
                new Type.Result(type(scope, ok), type(scope, error));
            case TypeExpr.Tuple(List<TypeExpr> types) -> new Type.Tuple(types.stream().map(t -> type(scope, t)).toList());
            case TypeExpr.Stream(Optional<TypeExpr> element, int at) -> {
                Optional<Type> carried = element(scope, element, at);
                if (carried.filter(TypeScope::isChar).isPresent()) {
                    throw scope.error(at, "a stream of char is not possible yet; use stream<u8> and UTF-8");
                }
                yield new Type.Stream(carried);
            }
            case TypeExpr.Future(Optional<TypeExpr> element, int at) -> new Type.Future(element(scope, element, at));
        };
    }

    /** What a stream or future carries (Binary.md, notes on "Type Definitions"). */
    private Optional<Type> element(Scope scope, Optional<TypeExpr> element, int at) {
        Optional<Type> type = type(scope, element);
        if (type.filter(resolver.limits()::borrows).isPresent()) {
            throw scope.error(at, "a stream or future cannot carry a borrowed handle, which ends with the call;"
                    + " carry an owned one");
        }
        return type;
    }

    private static boolean isChar(Type type) {
        return type == Type.Primitive.CHAR
                || type instanceof Type.Named(TypeDef def)
                        && def.origin().kind() instanceof TypeDef.Kind.Alias(Type of)
                        && of == Type.Primitive.CHAR;
    }
}
