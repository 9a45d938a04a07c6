package dev.virga.wit;

import dev.virga.wit.Declarations.Declared;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resolves interfaces, each once. */
final class InterfaceResolver {

    private final Resolver resolver;
    private final Map<Id, Interface> resolved = new HashMap<>();
    private final Map<Id, Integer> depths = new HashMap<>();
    private final Map<Id, TypeScope> scopes = new HashMap<>();

    InterfaceResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The interface that a path names. */
    Interface at(Scope scope, Ast.Path path) {
        return resolve(resolver.find(scope, path), scope, path.at());
    }

    /** An interface that was resolved before. */
    Interface of(Id id) {
        return resolved.get(id);
    }

    Interface resolve(Declared declared, Scope from, int at) {
        Interface known = resolved.get(declared.id());
        if (known != null) {
            return known;
        }
        if (!(declared.item() instanceof Ast.InterfaceDecl decl)) {
            throw from.error(at, "'" + declared.id() + "' is a world, not an interface");
        }
        resolver.enter(declared, from, at);
        Interface result;
        try {
            result = resolve(declared.id(), declared.scope(), decl.items(), decl.annotations());
        } finally {
            resolver.leave(declared);
        }
        int depth = 1;
        for (Id dependency : dependencies(result)) {
            depth = Math.max(depth, 1 + depths.get(dependency));
        }
        if (depth > Limits.MAX_DEPTH) {
            throw resolver.refuse(declared, from.error(at,
                    "interfaces depend on each other over more than " + Limits.MAX_DEPTH + " steps"));
        }
        depths.put(declared.id(), depth);
        resolved.put(declared.id(), result);
        return result;
    }

    /** Resolves the items of an interface, be it one of its own or inline in a world. */
    Interface resolve(Id id, Scope scope, List<Ast.InterfaceItem> items, Annotations annotations) {
        TypeScope types = new TypeScope(id, resolver, this);
        FunctionResolver functions = new FunctionResolver(resolver, types);
        UniqueNames names = new UniqueNames(scope);
        items.forEach(item -> resolver.problems().attempt(() -> declare(scope, item, names, types, functions)));
        List<TypeDef> defined = types.resolve();
        scopes.put(id, types);
        return new Interface(id, defined, functions.resolve(), annotations);
    }

    private void declare(
            Scope scope, Ast.InterfaceItem item, UniqueNames names, TypeScope types, FunctionResolver functions) {
        switch (item) {
            case Ast.Use use -> {
                if (resolver.admit(use.annotations(), scope, use.path().at())) {
                    if (use.names().isEmpty()) {
                        at(scope, use.path());
                    }
                    use.names().forEach(n -> types.use(scope, use.path(), n, use.annotations()));
                    use.names().forEach(n -> names.add(n.name(), "this interface"));
                }
            }
            case Ast.TypeDecl type -> {
                if (resolver.admit(type.annotations(), scope, type.name().at())) {
                    names.add(type.name(), "this interface");
                    types.declare(scope, type);
                }
            }
            case Ast.FuncDecl function -> {
                if (resolver.admit(function.annotations(), scope, function.name().at())) {
                    names.add(function.name(), "this interface");
                    functions.declare(scope, function);
                }
            }
        }
    }

    /** The types of an interface that was resolved before. */
    TypeScope scopeOf(Interface of) {
        return scopes.get(of.id());
    }

    /** The interfaces whose types an interface uses. */
    static Collection<Id> dependencies(Interface of) {
        Set<Id> owners = new LinkedHashSet<>();
        for (TypeDef type : of.types()) {
            if (type.kind() instanceof TypeDef.Kind.Use(TypeDef used)) {
                owners.add(used.owner());
            }
        }
        return owners;
    }
}
