package dev.virga.wit;

import dev.virga.wit.Ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a file (WIT.md, "Top-level items" and below). */
final class Parser {

    private final Tokens tokens;
    private final PathParser paths;
    private final InterfaceParser interfaces;
    private final WorldParser worlds;
    private final List<Ast.Item> items = new ArrayList<>();
    private final List<Ast.NestedPackage> nested = new ArrayList<>();
    private Optional<Ast.PackageDecl> decl = Optional.empty();

    private Parser(Source source, Problems problems) {
        tokens = new Tokens(source, problems);
        paths = new PathParser(tokens);
        TypeParser types = new TypeParser(tokens);
        interfaces = new InterfaceParser(tokens, paths, types);
        worlds = new WorldParser(tokens, paths, types, interfaces);
    }

    static Ast parse(Source source, Problems problems) {
        return new Parser(source, problems).file();
    }

    /** The tokens of a file that is well-formed, versions among them, without that of its end. */
    static List<Token> tokens(Source source) {
        Parser parser = new Parser(source, Problems.thrown());
        parser.file();
        return parser.tokens.taken();
    }

    /** The tokens of a text that holds items of an interface. */
    static List<Token> interfaceTokens(Source source) {
        Parser parser = new Parser(source, Problems.thrown());
        while (!parser.tokens.atEnd()) {
            parser.interfaces.item("this text", Annotations.NONE);
        }
        return parser.tokens.taken();
    }

    /** The tokens of a text that holds items of a world. */
    static List<Token> worldTokens(Source source) {
        Parser parser = new Parser(source, Problems.thrown());
        while (!parser.tokens.atEnd()) {
            parser.worlds.item("this text");
        }
        return parser.tokens.taken();
    }

    private Ast file() {
        while (!tokens.atEnd()) {
            tokens.attempt(tokens.isKeyword("package") ? this::packageOrName : () -> items.add(item()));
        }
        return new Ast(tokens.source(), decl, items, nested);
    }

    private void packageOrName() {
        Ast.PackageDecl here = packageDecl();
        if (tokens.eat("{")) {
            nested.add(nestedPackage(here));
            return;
        }
        tokens.expect(";", "or '{' after the package's name");
        if (decl.isPresent() || !items.isEmpty() || !nested.isEmpty()) {
            throw tokens.source().error(here.at(), "a file names its package once, before everything else");
        }
        decl = Optional.of(here);
    }

    private Ast.NestedPackage nestedPackage(Ast.PackageDecl decl) {
        List<Ast.Item> items = new ArrayList<>();
        while (!tokens.isSymbol("}")) {
            tokens.attempt(() -> {
                if (tokens.isKeyword("package")) {
                    throw tokens.error("a package cannot stand inside another (" + decl.name() + ")");
                }
                items.add(item());
            });
        }
        return new Ast.NestedPackage(decl, items, tokens.take().end());
    }

    private Ast.PackageDecl packageDecl() {
        String docs = tokens.peek().docs();
        tokens.take();
        int at = tokens.at();
        return new Ast.PackageDecl(paths.packageName(), at, docs);
    }

    private Ast.Item item() {
        Annotations annotations = new AnnotationParser(tokens).annotations(false);
        if (tokens.eatKeyword("use")) {
            Ast.Path path = paths.path();
            Name name = tokens.eatKeyword("as") ? tokens.name("another name") : path.name();
            tokens.expect(";", "after 'use'");
            return new Ast.TopUse(name, path, annotations);
        }
        if (tokens.eatKeyword("interface")) {
            Name name = tokens.name("the interface's name");
            return new Ast.InterfaceDecl(name, annotations, interfaces.items("interface " + name.text(), annotations));
        }
        if (tokens.eatKeyword("world")) {
            Name name = tokens.name("the world's name");
            return new Ast.WorldDecl(name, annotations, worlds.items("world " + name.text()));
        }
        throw tokens.expected("'interface', 'world', 'use' or 'package'");
    }
}
