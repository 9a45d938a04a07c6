package dev.virga.wit;

import dev.virga.wit.Ast.ExternType;
import dev.virga.wit.Ast.InterfaceItem;
import dev.virga.wit.Ast.Name;
import dev.virga.wit.Ast.TypeBody;
import dev.virga.wit.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a file (WIT.md, "Top-level items" and below). */
final class Parser {

    private final Tokens tokens;
    private final TypeParser types;

    private Parser(Source source) {
        this.tokens = new Tokens(source);
        this.types = new TypeParser(tokens);
    }

    static Ast parse(Source source) {
        return new Parser(source).file();
    }

    private Ast file() {
        Optional<Ast.PackageDecl> decl = Optional.empty();
        List<Ast.Item> items = new ArrayList<>();
        List<Ast.NestedPackage> nested = new ArrayList<>();
        while (!tokens.atEnd()) {
            if (!tokens.isKeyword("package")) {
                items.add(item());
                continue;
            }
            Ast.PackageDecl here = packageDecl();
            if (tokens.eat("{")) {
                nested.add(nestedPackage(here));
            } else {
                tokens.expect(";", "or '{' after the package's name");
                if (decl.isPresent() || !items.isEmpty() || !nested.isEmpty()) {
                    throw tokens.source().error(here.at(), "a file names its package once, before everything else");
                }
                decl = Optional.of(here);
            }
        }
        return new Ast(tokens.source(), decl, items, nested);
    }

    private Ast.NestedPackage nestedPackage(Ast.PackageDecl decl) {
        List<Ast.Item> items = new ArrayList<>();
        while (!tokens.isSymbol("}")) {
            if (tokens.isKeyword("package")) {
                throw tokens.error("a package cannot stand inside another (" + decl.name() + ")");
            }
            items.add(item());
        }
        return new Ast.NestedPackage(decl, items, tokens.take().end());
    }

    private Ast.PackageDecl packageDecl() {
        String docs = tokens.peek().docs();
        tokens.take();
        int at = tokens.at();
        String namespace = words("the package's namespace");
        tokens.expect(":", "after the namespace of a package");
        String name = words("the package's name");
        if (tokens.isSymbol(":") || tokens.isSymbol("/")) {
            throw nestedNames();
        }
        return new Ast.PackageDecl(new PackageName(namespace, name, version()), at, docs);
    }

    private WitException nestedNames() {
        return tokens.error("nested namespaces and packages are a gated feature that Virga does not have");
    }

    private String words(String what) {
        Name name = tokens.name(what);
        return words(name, what);
    }

    private String words(Name name, String what) {
        if (!Names.isWords(name.text())) {
            throw tokens.source().error(name.at(), what + " must be in lower case, not '" + name.text() + "'");
        }
        return name.text();
    }

    private Optional<Version> version() {
        return tokens.isSymbol("@") ? Optional.of(tokens.versionAfter("@", "")) : Optional.empty();
    }

    private Ast.Item item() {
        Annotations annotations = new AnnotationParser(tokens).annotations(false);
        if (tokens.eatKeyword("use")) {
            Ast.Path path = path();
            Name name = tokens.eatKeyword("as") ? tokens.name("another name") : path.name();
            tokens.expect(";", "after 'use'");
            return new Ast.TopUse(name, path);
        }
        if (tokens.eatKeyword("interface")) {
            Name name = tokens.name("the interface's name");
            return new Ast.InterfaceDecl(name, annotations, interfaceItems("interface " + name.text(), annotations));
        }
        if (tokens.eatKeyword("world")) {
            Name name = tokens.name("the world's name");
            return new Ast.WorldDecl(name, annotations, worldItems("world " + name.text()));
        }
        throw tokens.expected("'interface', 'world', 'use' or 'package'");
    }

    private Ast.Path path() {
        int at = tokens.at();
        Name first = tokens.name("the name of an interface or world");
        return tokens.eat(":") ? pathFrom(first) : new Ast.Path(Optional.empty(), first, at);
    }

    /** The rest of a path with a package, behind {@code namespace:}. */
    private Ast.Path pathFrom(Name namespace) {
        String space = words(namespace, "a package's namespace");
        String name = words("a package's name");
        if (tokens.isSymbol(":")) {
            throw nestedNames();
        }
        tokens.expect("/", "and the name of an interface or world after the package " + space + ":" + name);
        Name item = tokens.name("the name of an interface or world");
        if (tokens.isSymbol("/")) {
            throw nestedNames();
        }
        return new Ast.Path(Optional.of(new PackageName(space, name, version())), item, namespace.at());
    }

    private List<InterfaceItem> interfaceItems(String of, Annotations around) {
        tokens.expect("{", "to open " + of);
        List<InterfaceItem> items = new ArrayList<>();
        while (!tokens.eat("}")) {
            Annotations annotations = new AnnotationParser(tokens).annotations(true);
            if (tokens.isKeyword("use")) {
                items.add(use(annotations));
            } else if (tokens.peek().kind() == Kind.NAME) {
                requireGate(around, annotations);
                items.add(function(annotations));
            } else {
                requireGate(around, annotations);
                items.add(typeDecl(annotations).orElseThrow(
                        () -> tokens.expected("a type, a function, 'use' or '}' in " + of)));
            }
        }
        return items;
    }

    /** What is in an unstable item is as unstable (WIT.md, "Rules for feature gate usage"). */
    private void requireGate(Annotations around, Annotations annotations) {
        if (around.gate().unstable().isPresent() && annotations.gate().unstable().isEmpty()) {
            throw tokens.error("this is part of something @unstable, so it must be @unstable too");
        }
    }

    private Ast.Use use(Annotations annotations) {
        noExternalId(annotations);
        tokens.take();
        Ast.Path path = path();
        tokens.expect(".", "and names in braces after the interface");
        tokens.expect("{", "before the names to use");
        List<Ast.UseName> names = tokens.list("}", "after a used name", () -> {
            Name original = tokens.name("the name of a type");
            return new Ast.UseName(original, tokens.eatKeyword("as") ? tokens.name("another name") : original);
        });
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

    private Optional<Ast.TypeDecl> typeDecl(Annotations annotations) {
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

    private <T> List<T> members(String keyword, java.util.function.Supplier<T> member) {
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
            Annotations annotations = new AnnotationParser(tokens).annotations(true);
            requireGate(around, annotations);
            functions.add(resourceFunction(resource, annotations));
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

    private List<Ast.WorldItem> worldItems(String of) {
        tokens.expect("{", "to open " + of);
        List<Ast.WorldItem> items = new ArrayList<>();
        while (!tokens.eat("}")) {
            Annotations annotations = new AnnotationParser(tokens).annotations(true);
            if (tokens.isKeyword("import") || tokens.isKeyword("export")) {
                items.add(extern(annotations));
            } else if (tokens.isKeyword("use")) {
                items.add(use(annotations));
            } else if (tokens.isKeyword("include")) {
                items.add(include(annotations));
            } else {
                items.add(typeDecl(annotations).orElseThrow(
                        () -> tokens.expected("'import', 'export', 'include', 'use', a type or '}' in " + of)));
            }
        }
        return items;
    }

    private Ast.Extern extern(Annotations annotations) {
        int at = tokens.at();
        boolean imported = tokens.take().text().equals("import");
        ExternType type = externType(annotations);
        return new Ast.Extern(imported, type, at, annotations);
    }

    private ExternType externType(Annotations annotations) {
        Name name = tokens.name("the name of an interface or of an import or export");
        if (!tokens.isSymbol(":")) {
            noExternalId(annotations);
            tokens.expect(";", "or ':' after '" + name.text() + "'");
            return new ExternType.ByPath(new Ast.Path(Optional.empty(), name, name.at()));
        }
        int colonEnd = tokens.take().end();
        if (tokens.isKeyword("func") || tokens.isKeyword("async")) {
            Ast.FuncType type = types.functionType();
            tokens.expect(";", "after the function's type");
            return new ExternType.Func(new Ast.FuncDecl(name, Ast.FuncKind.PLAIN, type, annotations));
        }
        if (tokens.eatKeyword("interface")) {
            return new ExternType.Inline(name, interfaceItems("the interface " + name.text(), annotations));
        }
        // Without space "a:b" is a package's name; with it, interface b under the name a.
        if (tokens.at() == colonEnd) {
            Ast.Path path = pathFrom(name);
            noExternalId(annotations);
            tokens.expect(";", "after the interface");
            return new ExternType.ByPath(path);
        }
        Ast.Path path = path();
        tokens.expect(";", "after the interface");
        return new ExternType.Renamed(name, path);
    }

    private Ast.Include include(Annotations annotations) {
        noExternalId(annotations);
        tokens.take();
        Ast.Path path = path();
        List<Ast.UseName> renames = List.of();
        if (tokens.eatKeyword("with")) {
            tokens.expect("{", "before the names to replace");
            renames = tokens.list("}", "after a replaced name", () -> {
                Name original = tokens.name("the name of an import or export");
                tokens.expectKeyword("as", "and another name");
                return new Ast.UseName(original, tokens.name("another name"));
            });
            tokens.eat(";");
        } else {
            tokens.expect(";", "or 'with' after the included world");
        }
        return new Ast.Include(path, renames, annotations);
    }

    private void noExternalId(Annotations annotations) {
        if (annotations.externalId().isPresent()) {
            throw tokens.error("@external-id belongs to a named import or export, a type or a function");
        }
    }
}
