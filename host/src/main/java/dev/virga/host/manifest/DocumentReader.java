package dev.virga.host.manifest;

import dev.virga.host.manifest.Manifests.Foreign;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Node.Mapping;
import dev.virga.host.shape.Node.Scalar;
import dev.virga.host.shape.Place;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Suggestions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds out which kind of manifest a document is, and reads it. */
final class DocumentReader {

    private static final String GROUP = "runtime.wasmcloud.dev";

    private final Node document;
    private final Problems problems;

    DocumentReader(Node document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** Takes a manifest with its document and the problems of its file. */
    interface Sink {
        void add(Manifest manifest, Node document, Problems problems);
    }

    void read(Sink manifests, Consumer<Foreign> others) {
        Optional<String> apiVersion = header("apiVersion");
        Optional<String> kind = header("kind");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return;
        }
        Optional<Kind> known = Stream.of(Kind.values())
                .filter(k -> k.toString().equals(kind.get()) && k.apiVersion().equals(apiVersion.get()))
                .findFirst();
        if (known.isPresent()) {
            Node whole = AnnotatedSettings.moved((Mapping) document, problems);
            Struct.of(known.get().type())
                    .read(new Place(whole, "", problems))
                    .ifPresent(read -> manifests.add((Manifest) read, document, problems));
        } else if (!isOurs(apiVersion.get(), kind.get())) {
            others.accept(new Foreign(apiVersion.get(), kind.get()));
        }
    }

    private Optional<String> header(String name) {
        if (!(document instanceof Mapping mapping)) {
            if (name.equals("apiVersion")) {
                problems.add(document.mark(), "", "expected a manifest, found " + document.words(false));
            }
            return Optional.empty();
        }
        Optional<Node> value = mapping.value(name);
        if (value.isPresent() && value.get() instanceof Scalar scalar && scalar.kind() == Node.Kind.STRING) {
            return Optional.of(scalar.text());
        }
        problems.add(
                value.orElse(document).mark(),
                value.isPresent() ? name : "",
                value.map(node -> "expected a string, found " + node.words(false))
                        .orElse("the required field " + name + " is missing"));
        return Optional.empty();
    }

    /** Reports what was meant to be ours, by all appearance; all else is some other tool's. */
    private boolean isOurs(String apiVersion, String kind) {
        List<String> kinds = Stream.of(Kind.values())
                .filter(k -> k.apiVersion().equals(apiVersion))
                .map(Kind::toString)
                .toList();
        if (apiVersion.equals(Kind.RUNTIME)) {
            if (kind.equals("Host")) {
                return false;
            }
            report("kind", Quoted.of(kind) + " is no kind of " + apiVersion
                    + Suggestions.question(kind, kinds).orElse("; known: " + String.join(", ", kinds)));
            return true;
        }
        Optional<Kind> named = Stream.of(Kind.values()).filter(k -> k.toString().equals(kind)).findFirst();
        Optional<String> near = Suggestions.question(kind, kinds);
        if (named.isPresent()) {
            report("apiVersion", Quoted.of(apiVersion) + " has no " + kind + "; it is in " + named.get().apiVersion());
        } else if (apiVersion.startsWith(GROUP + "/")) {
            report("apiVersion", Quoted.of(apiVersion) + " is not known; write " + Kind.RUNTIME);
        } else if (near.isPresent()) {
            report("kind", Quoted.of(kind) + " is no kind of " + apiVersion + near.get());
        } else {
            return false;
        }
        return true;
    }

    private void report(String field, String text) {
        problems.add(((Mapping) document).value(field).orElse(document).mark(), field, text);
    }
}
