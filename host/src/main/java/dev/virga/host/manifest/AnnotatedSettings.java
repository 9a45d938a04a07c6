package dev.virga.host.manifest;

import dev.virga.host.shape.Node;
import dev.virga.host.shape.Node.Entry;
import dev.virga.host.shape.Node.Mapping;
import dev.virga.host.shape.Node.Mark;
import dev.virga.host.shape.Node.Scalar;
import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our settings as an annotation. An API server that knows only wasmCloud's schema drops the field
 * {@code virga}, and keeps annotations; those of a template reach the hosts.
 */
final class AnnotatedSettings {

    static final String ANNOTATION = "virga.dev/settings";
    private static final String FIELD = "virga";
    private static final List<List<String>> PLACES =
            List.of(List.of("metadata", "annotations"), List.of("spec", "template", "annotations"));

    private AnnotatedSettings() {}

    /** The document with what the annotation holds as the field {@code virga}, in the annotation's place. */
    static Mapping moved(Mapping document, Problems problems) {
        Mapping whole = document;
        for (List<String> place : PLACES) {
            Optional<Node> annotation = value(document, place).flatMap(m -> m.value(ANNOTATION));
            if (annotation.isPresent() && annotation.get() instanceof Scalar text && text.kind() == Node.Kind.STRING) {
                whole = moved(whole, place, text, problems);
            }
        }
        return whole;
    }

    private static Mapping moved(Mapping document, List<String> place, Scalar text, Problems problems) {
        String path = String.join(".", place) + "[\"" + ANNOTATION + "\"]";
        Mapping rest = without(document, place);
        if (document.value(FIELD).isPresent()) {
            problems.add(text.mark(), path, "the settings stand in two places; keep one of them");
            return rest;
        }
        Problems inside = new Problems("");
        List<Node> settings = Yaml.documents(text.text(), inside);
        for (Problem problem : inside.list()) {
            problems.add(text.mark(), path, "line " + problem.line() + " of the text: " + problem.text());
        }
        if (settings.size() > 1) {
            problems.add(text.mark(), path, "several documents; one is taken");
        }
        if (settings.size() != 1 || !inside.isEmpty()) {
            return rest;
        }
        List<Entry> entries = new ArrayList<>(rest.entries());
        entries.add(new Entry(new Scalar(text.mark(), Node.Kind.STRING, FIELD), at(text.mark(), settings.getFirst())));
        return new Mapping(document.mark(), entries, document.size());
    }

    private static Optional<Mapping> value(Mapping from, List<String> path) {
        Optional<Mapping> there = Optional.of(from);
        for (String name : path) {
            there = there.flatMap(m -> m.value(name)).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }
        return there;
    }

    private static Mapping without(Mapping from, List<String> path) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : from.entries()) {
            String name = entry.key().text();
            if (path.isEmpty() ? !name.equals(ANNOTATION) : !name.equals(path.getFirst())) {
                entries.add(entry);
            } else if (!path.isEmpty() && entry.value() instanceof Mapping inner) {
                entries.add(new Entry(entry.key(), without(inner, path.subList(1, path.size()))));
            }
        }
        return new Mapping(from.mark(), entries, from.size());
    }

    /** All of it in one place: where exactly in the text something stands depends on how it is quoted. */
    private static Node at(Mark mark, Node node) {
        return switch (node) {
            case Scalar scalar -> scalarAt(mark, scalar);
            case Node.Sequence list -> new Node.Sequence(
                    mark, list.items().stream().map(item -> at(mark, item)).toList(), list.size());
            case Mapping mapping -> new Mapping(
                    mark,
                    mapping.entries().stream()
                            .map(e -> new Entry(scalarAt(mark, e.key()), at(mark, e.value())))
                            .toList(),
                    mapping.size());
        };
    }

    private static Scalar scalarAt(Mark mark, Scalar scalar) {
        return new Scalar(mark, scalar.kind(), scalar.text());
    }
}
