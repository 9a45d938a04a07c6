package dev.virga.host.shape;

import dev.virga.host.shape.Node.Kind;
import dev.virga.host.shape.Node.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A single value.
 *
 * @param expected what it is, with its article, for error texts
 * @param parse throws {@link IllegalArgumentException} with a text for the user
 * @param hidden whether no text may quote it
 */
record ScalarType<T>(
        String words,
        String expected,
        Set<Kind> kinds,
        Map<String, Object> plainSchema,
        Function<String, T> parse,
        Function<T, Object> print,
        boolean hidden)
        implements Type<T> {

    @Override
    public Optional<T> read(Place place) {
        if (!(place.node() instanceof Scalar scalar) || !kinds.contains(scalar.kind())) {
            place.problem("expected " + expected + ", found " + place.node().words(hidden) + remedy(place.node()));
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(scalar.text()));
        } catch (IllegalArgumentException e) {
            place.problem(e.getMessage());
            return Optional.empty();
        }
    }

    /** YAML takes some words for numbers and booleans, and Go programs take quoted numbers for strings. */
    private String remedy(Node node) {
        if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NULL || hidden) {
            return "";
        }
        if (kinds.contains(Kind.STRING)) {
            return "; write it in quotes";
        }
        return scalar.kind() != Kind.STRING || Yaml.kind(scalar.text()).filter(kinds::contains).isEmpty()
                ? ""
                : "; take the quotes away";
    }

    @Override
    public Object write(T value) {
        return print.apply(value);
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return plainSchema;
    }
}
