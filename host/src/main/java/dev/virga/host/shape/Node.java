package dev.virga.host.shape;

import java.util.List;
import java.util.Optional;

/** A part of a YAML document, with its place. The same part may stand in several places, by an alias. */
public sealed interface Node {

    Mark mark();

    /** The number of nodes, with those that aliases stand for. */
    int size();

    /** Both count from one. */
    record Mark(int line, int column) {}

    /** What a scalar is by YAML 1.2's core schema. */
    enum Kind {
        STRING("the string"),
        INTEGER("the number"),
        FLOAT("the number"),
        BOOLEAN("the boolean"),
        NULL("nothing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    record Scalar(Mark mark, Kind kind, String text) implements Node {
        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(Mark mark, List<Node> items, int size) implements Node {}

    /** Keys in the order of the text, perhaps repeated. */
    record Mapping(Mark mark, List<Entry> entries, int size) implements Node {

        /** What the first such key has. */
        public Optional<Node> value(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }
    }

    record Entry(Scalar key, Node value) {}

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    /** What this is, for error texts. */
    default String words(boolean hidden) {
        return switch (this) {
            case Scalar s when s.kind() == Kind.NULL -> Kind.NULL.words;
            case Scalar s when hidden -> s.kind().words.replace("the ", "a ");
            case Scalar s -> s.kind().words + " " + Quoted.of(s.text());
            case Sequence _ -> "a list";
            case Mapping _ -> "an object";
        };
    }
}
