package dev.virga.operator;

import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.operator.resource.Described;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads objects as hosts read manifests. */
final class Read {

    private static final int MOST_PROBLEMS = 10;

    private Read() {}

    /** @throws Invalid naming the fields that are wrong */
    static <M extends Manifest> M manifest(Class<M> type, Described<?> object) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object.getMetadata().getName());
        metadata.put("namespace", object.getMetadata().getNamespace());
        String settings = object.getMetadata().getAnnotations().get(Names.SETTINGS);
        if (settings != null) {
            metadata.put("annotations", Map.of(Names.SETTINGS, settings));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", object.getApiVersion());
        document.put("kind", object.getKind());
        document.put("metadata", metadata);
        document.put("spec", object.spec());
        object.virga().ifPresent(virga -> document.put("virga", virga));
        try {
            List<Manifest> read = ManifestParser.parse("(object)", Trees.canonical(Trees.of(document))).all();
            return type.cast(read.getFirst());
        } catch (ManifestException e) {
            throw new Invalid(e.problems().stream()
                    .limit(MOST_PROBLEMS)
                    .map(p -> p.path().isEmpty() ? p.text() : p.path() + ": " + p.text())
                    .collect(Collectors.joining("; ")));
        }
    }

    /** An object is not as it should be. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message, null, false, false);
        }
    }
}
