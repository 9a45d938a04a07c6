package dev.virga.wit;

import dev.virga.wit.Token.Kind;
import java.util.Optional;

/** Parses what stands before an item: its doc comment, feature gates and external id. */
final class AnnotationParser {

    private final Tokens tokens;
    private Optional<Version> since = Optional.empty();
    private Optional<String> unstable = Optional.empty();
    private Optional<Version> deprecated = Optional.empty();
    private Optional<String> externalId = Optional.empty();

    AnnotationParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Annotations annotations(boolean externalIdAllowed) {
        String docs = tokens.peek().docs();
        int at = tokens.at();
        while (tokens.eat("@")) {
            annotation(externalIdAllowed);
        }
        if (since.isPresent() && unstable.isPresent()) {
            throw tokens.source().error(at, "an item is either @since or @unstable, not both");
        }
        if (deprecated.isPresent() && since.isEmpty() && unstable.isEmpty()) {
            throw tokens.source().error(at, "@deprecated needs @since or @unstable beside it");
        }
        if (docs.isEmpty() && since.isEmpty() && unstable.isEmpty() && externalId.isEmpty()) {
            return Annotations.NONE;
        }
        return new Annotations(docs, new Gate(since, unstable, deprecated), externalId);
    }

    private void annotation(boolean externalIdAllowed) {
        Ast.Name name = tokens.name("since, unstable, deprecated or external-id after '@'");
        tokens.expect("(", "after @" + name.text());
        switch (name.text()) {
            case "since" -> since = once(name, since, version());
            case "deprecated" -> deprecated = once(name, deprecated, version());
            case "unstable" -> {
                key("feature");
                tokens.expect("=", "after 'feature'");
                unstable = once(name, unstable, tokens.name("the feature's name").text());
            }
            case "external-id" -> {
                if (!externalIdAllowed) {
                    throw tokens.source().error(name.at(),
                            "@external-id belongs to a named import or export, a type or a function");
                }
                if (tokens.peek().kind() != Kind.STRING) {
                    throw tokens.expected("a string in double quotes");
                }
                externalId = once(name, externalId, tokens.take().text());
            }
            default -> throw tokens.source().error(name.at(),
                    "unknown annotation @" + name.text() + "; there are @since, @unstable, @deprecated and @external-id");
        }
        tokens.expect(")", "to close @" + name.text());
    }

    private <T> Optional<T> once(Ast.Name name, Optional<T> before, T value) {
        if (before.isPresent()) {
            throw tokens.source().error(name.at(), "@" + name.text() + " stands here twice");
        }
        return Optional.of(value);
    }

    private Version version() {
        key("version");
        return tokens.versionAfter("=", "after 'version'");
    }

    private void key(String key) {
        if (!tokens.name("'" + key + "'").text().equals(key)) {
            throw tokens.error("expected '" + key + " = …' here");
        }
    }
}
