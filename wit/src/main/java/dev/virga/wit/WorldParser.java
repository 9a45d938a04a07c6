package dev.virga.wit;

import dev.virga.wit.Ast.ExternType;
import dev.virga.wit.Ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the items of worlds. */
final class WorldParser {

    private final Tokens tokens;
    private final PathParser paths;
    private final TypeParser types;
    private final InterfaceParser interfaces;

    WorldParser(Tokens tokens, PathParser paths, TypeParser types, InterfaceParser interfaces) {
        this.tokens = tokens;
        this.paths = paths;
        this.types = types;
        this.interfaces = interfaces;
    }

    List<Ast.WorldItem> items(String of) {
        tokens.expect("{", "to open " + of);
        List<Ast.WorldItem> items = new ArrayList<>();
        while (!tokens.eat("}")) {
            tokens.attempt(() -> items.add(item(of)));
        }
        return items;
    }

    Ast.WorldItem item(String of) {
        Annotations annotations = new AnnotationParser(tokens).annotations(true);
        if (tokens.isKeyword("import") || tokens.isKeyword("export")) {
            return extern(annotations);
        }
        if (tokens.isKeyword("use")) {
            return interfaces.use(annotations);
        }
        if (tokens.isKeyword("include")) {
            return include(annotations);
        }
        return interfaces.typeDecl(annotations).orElseThrow(
                () -> tokens.expected("'import', 'export', 'include', 'use', a type or '}' in " + of));
    }

    private Ast.Extern extern(Annotations annotations) {
        int at = tokens.at();
        boolean imported = tokens.take().text().equals("import");
        ExternType type = externType(annotations);
        return new Ast.Extern(imported, type, at, annotations);
    }

    private ExternType externType(Annotations annotations) {
        Token first = tokens.peek();
        Name name = tokens.name("the name of an interface or of an import or export");
        if (!tokens.isSymbol(":")) {
            interfaces.noExternalId(annotations);
            tokens.expect(";", "or ':' after '" + name.text() + "'");
            return new ExternType.ByPath(new Ast.Path(Optional.empty(), name, name.at()));
        }
        Token colon = tokens.take();
        if (tokens.isKeyword("func") || tokens.isKeyword("async")) {
            Ast.FuncType type = types.functionType();
            tokens.expect(";", "after the function's type");
            return new ExternType.Func(new Ast.FuncDecl(name, Ast.FuncKind.PLAIN, type, annotations));
        }
        if (tokens.eatKeyword("interface")) {
            return new ExternType.Inline(name, interfaces.items("the interface " + name.text(), annotations));
        }
        // Without space "a:b" is a package's name; with it, interface b under the name a.
        if (first.end() == colon.start() && colon.end() == tokens.at()) {
            Ast.Path path = paths.pathFrom(name);
            interfaces.noExternalId(annotations);
            tokens.expect(";", "after the interface");
            return new ExternType.ByPath(path);
        }
        Ast.Path path = paths.path();
        tokens.expect(";", "after the interface");
        return new ExternType.Renamed(name, path);
    }

    private Ast.Include include(Annotations annotations) {
        interfaces.noExternalId(annotations);
        tokens.take();
        Ast.Path path = paths.path();
        List<Ast.UseName> renames = List.of();
        if (tokens.eatKeyword("with")) {
            tokens.expect("{", "before the names to replace");
            renames = tokens.list("}", "after a replaced name", () -> {
                Name original = tokens.name("the name of an import or export");
                tokens.expectKeyword("as", "and another name");
                return new Ast.UseName(original, tokens.name("another name"));
            });
            if (renames.isEmpty()) {
                throw tokens.error("this 'with' replaces no name");
            }
            tokens.eat(";");
        } else {
            tokens.expect(";", "or 'with' after the included world");
        }
        return new Ast.Include(path, renames, annotations);
    }
}
