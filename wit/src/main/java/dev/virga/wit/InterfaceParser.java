package dev.virga.wit;

import dev.virga.wit.Ast.InterfaceItem;
import dev.virga.wit.Ast.Name;
import dev.virga.wit.Ast.TypeBody;
import dev.virga.wit.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Parses the items of interfaces, and those that worlds have in common with them. */
final class InterfaceParser {

    private final Tokens tokens;
    private final PathParser paths;
    private final TypeParser types;

    InterfaceParser(Tokens tokens, PathParser paths, TypeParser types) {
        this.tokens = tokens;
        this.paths = paths;
        this.types = types;
    }

    List<InterfaceItem> items(String of, Annotations around) {
        tokens.expect("{", "to open " + of);
        List<InterfaceItem> items = new ArrayList<>();
        while (!tokens.eat("}")) {
            tokens.attempt(() -> items.add(item(of, around)));
        }
        return items;
    }

    InterfaceItem item(String of, Annotations around) {
        Annotations annotations = new AnnotationParser(tokens).annotations(true);
        if (tokens.isKeyword("use")) {
            return use(annotations);
        }
        requireGate(around, annotations);
        return tokens.peek().kind() == Kind.NAME
                ? function(annotations)
                : typeDecl(annotations).orElseThrow(
                        () -> tokens.expected("a type, a function, 'use' or '}' in " + of));
    }

    /** What is in an unstable item is as unstable (WIT.md, "Rules for feature gate usage"). */
    private void requireGate(Annotations around, Annotations annotations) {
        if (around.gate().unstable().isPresent() && annotations.gate().unstable().isEmpty()) {
            throw tokens.error("this is part of something @unstable, so it must be @unstable too");
        }
    }

    Ast.Use use(Annotations annotations) {
        noExternalId(annotations);
        tokens.take();
        Ast.Path path = paths.path();
        tokens.expect(".", "and names in braces after the interface");
        tokens.expect("{", "before the names to use");
        List<Ast.UseName> names = tokens.list("}", "after a used name", () -> {
            Name original = tokens.name("the name of a type");
            return new Ast.UseName(original, tokens.eatKeyword("as") ? tokens.name("another name") : original);
        });
        if (names.isEmpty()) {
            tokens.warn("this 'use' names no type");
        }
        tokens.expect(";", "after 'use'");
        return new Ast.Use(path, names, annotations);
    }

    private Ast.FuncDecl function(Annotations annotations) {
        Name name = tokens.name("a function's name");
        tokens.expect(":", "and a function's type after '" + name.text() + "'");
        Ast.FuncType type = types.functionType();
        tokens.expect(";", "after the function's type");
        return new Ast.FuncDecl(name, Ast.FuncKind.PLAIN, type, annotations);
    }

    Optional<Ast.TypeDecl> typeDecl(Annotations annotations) {
        if (tokens.peek().kind() != Kind.KEYWORD) {
            return Optional.empty();
        }
        String keyword = tokens.peek().text();
        switch (keyword) {
            case "type", "record", "variant", "enum", "flags", "resource" -> tokens.take();
            default -> {
                return Optional.empty();
            }
        }
        Name name = tokens.name("the type's name");
        TypeBody body = switch (keyword) {
            case "type" -> {
                tokens.expect("=", "and a type after '" + name.text() + "'");
                TypeBody alias = new TypeBody.Alias(types.type());
                tokens.expect(";", "after the type");
                yield alias;
            }
            case "record" -> new TypeBody.Record(members(keyword, () -> types.field("a field's name")));
            case "variant" -> new TypeBody.Variant(members(keyword, () -> variantCase(true)));
            case "enum" -> new TypeBody.Enum(members(keyword, () -> variantCase(false)));
            case "flags" -> new TypeBody.Flags(members(keyword, () -> variantCase(false)));
            default -> new TypeBody.Resource(resourceFunctions(name, annotations));
        };
        return Optional.of(new Ast.TypeDecl(name, body, annotations));
    }

    private <T> List<T> members(String keyword, Supplier<T> member) {
        tokens.expect("{", "to open the " + keyword);
        List<T> members = tokens.list("}", "in the " + keyword, member);
        if (members.isEmpty()) {
            throw tokens.error("an empty " + keyword + " is not allowed");
        }
        return members;
    }

    private Ast.Case variantCase(boolean payload) {
        String docs = tokens.peek().docs();
        Name name = tokens.name("a name");
        Optional<Ast.TypeExpr> type = Optional.empty();
        if (payload && tokens.eat("(")) {
            type = Optional.of(types.type());
            tokens.expect(")", "after the case's type");
        }
        return new Ast.Case(name, type, docs);
    }

    private List<Ast.FuncDecl> resourceFunctions(Name resource, Annotations around) {
        List<Ast.FuncDecl> functions = new ArrayList<>();
        if (tokens.eat(";")) {
            return functions;
        }
        tokens.expect("{", "or ';' after the resource's name");
        while (!tokens.eat("}")) {
            tokens.attempt(() -> {
                Annotations annotations = new AnnotationParser(tokens).annotations(true);
                requireGate(around, annotations);
                functions.add(resourceFunction(resource, annotations));
            });
        }
        return functions;
    }

    private Ast.FuncDecl resourceFunction(Name resource, Annotations annotations) {
        int at = tokens.at();
        if (tokens.eatKeyword("constructor")) {
            List<Ast.Field> params = types.params();
            Optional<Ast.TypeExpr> result = tokens.eat("->") ? Optional.of(types.type()) : Optional.empty();
            tokens.expect(";", "after the constructor");
            return new Ast.FuncDecl(new Name(resource.text(), at), Ast.FuncKind.CONSTRUCTOR,
                    new Ast.FuncType(false, params, result), annotations);
        }
        Name name = tokens.name("a method's name, 'constructor' or '}'");
        tokens.expect(":", "and a function's type after '" + name.text() + "'");
        Ast.FuncKind kind = tokens.eatKeyword("static") ? Ast.FuncKind.STATIC : Ast.FuncKind.PLAIN;
        Ast.FuncType type = types.functionType();
        tokens.expect(";", "after the function's type");
        return new Ast.FuncDecl(name, kind, type, annotations);
    }

    void noExternalId(Annotations annotations) {
        if (annotations.externalId().isPresent()) {
            throw tokens.error("@external-id belongs to a named import or export, a type or a function");
        }
    }
}
