package dev.virga.wit;

import dev.virga.wit.Ast.Name;
import java.util.Optional;

/** Parses the names of packages and the paths to interfaces and worlds. */
final class PathParser {

    private final Tokens tokens;

    PathParser(Tokens tokens) {
        this.tokens = tokens;
    }

    PackageName packageName() {
        String namespace = words("the package's namespace");
        tokens.expect(":", "after the namespace of a package");
        tokens.lastIsJoint();
        String name = words("the package's name");
        if (tokens.isSymbol(":") || tokens.isSymbol("/")) {
            throw nestedNames();
        }
        return new PackageName(namespace, name, version());
    }

    Ast.Path path() {
        int at = tokens.at();
        Name first = tokens.name("the name of an interface or world");
        return tokens.eat(":") ? pathFrom(first) : new Ast.Path(Optional.empty(), first, at);
    }

    /** The rest of a path with a package, behind {@code namespace:}. */
    Ast.Path pathFrom(Name namespace) {
        tokens.lastIsJoint();
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
}
