package dev.virga.wit;

import dev.virga.wit.Ast.FuncKind;
import dev.virga.wit.Function.Kind;
import dev.virga.wit.Function.Param;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resolves functions once the types beside them are: first those of resources, then the others. */
final class FunctionResolver {

    private final Resolver resolver;
    private final TypeScope types;
    private final List<Declared> declared = new ArrayList<>();

    private record Declared(Scope scope, Ast.FuncDecl decl) {}

    FunctionResolver(Resolver resolver, TypeScope types) {
        this.resolver = resolver;
        this.types = types;
    }

    void declare(Scope scope, Ast.FuncDecl decl) {
        declared.add(new Declared(scope, decl));
    }

    List<Function> resolve() {
        List<Function> functions = new ArrayList<>();
        for (TypeScope.ResourceDecl resource : types.resources()) {
            addFunctions(resource, functions);
        }
        for (Declared function : declared) {
            resolver.problems().attempt(() -> functions.add(freestanding(function.scope, function.decl)));
        }
        return functions;
    }

    Function freestanding(Scope scope, Ast.FuncDecl decl) {
        return function(scope, decl, new Kind.Freestanding(), List.of());
    }

    private void addFunctions(TypeScope.ResourceDecl resource, List<Function> functions) {
        Scope scope = resource.scope();
        UniqueNames names = new UniqueNames(scope);
        for (Ast.FuncDecl decl : resource.functions()) {
            resolver.problems().attempt(() -> {
                if (resolver.admit(decl.annotations(), scope, decl.name().at())) {
                    functions.add(resourceFunction(resource, decl, names));
                }
            });
        }
    }

    private Function resourceFunction(TypeScope.ResourceDecl resource, Ast.FuncDecl decl, UniqueNames names) {
        Scope scope = resource.scope();
        String name = resource.type().name();
        boolean constructor = decl.kind() == FuncKind.CONSTRUCTOR;
        if (!constructor && decl.name().text().equalsIgnoreCase(name)) {
            throw scope.error(decl.name(), "a function of the resource '" + name + "' cannot have its name");
        }
        // A constructor goes by the name of its resource, which no other function has.
        if (!names.isNew(decl.name())) {
            throw scope.error(decl.name(), constructor
                    ? "the resource '" + name + "' has two constructors"
                    : "the name '" + decl.name().text() + "' is there twice in the resource '" + name + "'");
        }
        return switch (decl.kind()) {
            case CONSTRUCTOR -> constructor(resource, decl);
            case STATIC -> function(scope, decl, new Kind.Static(name), List.of());
            case PLAIN -> function(scope, decl, new Kind.Method(name),
                    List.of(new Param("self", new Type.Borrow(resource.type()))));
        };
    }

    private Function constructor(TypeScope.ResourceDecl resource, Ast.FuncDecl decl) {
        Function written = function(
                resource.scope(), decl, new Kind.Constructor(resource.type().name()), List.of());
        Type result = written.result().orElse(new Type.Named(resource.type()));
        Type made = result instanceof Type.Result(Optional<Type> ok, Optional<Type> error) ? ok.orElse(result) : result;
        if (!(made instanceof Type.Named(TypeDef named) && named == resource.type())) {
            throw resource.scope().error(decl.name(), "a constructor gives '" + resource.type().name() + "' or result<"
                    + resource.type().name() + ", …>");
        }
        return new Function(resource.type().name(), written.kind(), false, written.params(), Optional.of(result),
                written.annotations());
    }

    private Function function(Scope scope, Ast.FuncDecl decl, Kind kind, List<Param> implicit) {
        UniqueNames names = new UniqueNames(scope);
        List<Param> params = new ArrayList<>(implicit);
        implicit.forEach(p -> names.add(new Ast.Name(p.name(), decl.name().at()), "the parameters"));
        for (Ast.Field param : decl.type().params()) {
            names.add(param.name(), "the parameters");
            params.add(new Param(param.name().text(), types.type(scope, param.type())));
        }
        Optional<Type> result = decl.type().result().map(t -> types.type(scope, t));
        if (result.isPresent() && resolver.limits().borrows(result.get())) {
            throw scope.error(decl.name(), "the result of '" + decl.name().text() + "' holds a borrowed handle, which"
                    + " ends with the call; give an owned one");
        }
        return new Function(decl.name().text(), kind, decl.type().async(), params, result, decl.annotations());
    }
}
