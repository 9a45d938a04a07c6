package dev.virga.host.manifest;

import dev.virga.host.shape.Value;
import java.util.Optional;

/**
 * An image of an OCI registry, {@code [REGISTRY/]REPOSITORY[:TAG][@DIGEST]}, or the name of an
 * artifact, {@code artifact://NAME}, or a file of the host, {@code file:PATH}.
 */
@Value(
        words = "an image: [REGISTRY/]REPOSITORY[:TAG][@sha256:DIGEST], artifact://NAME or file:PATH",
        pattern = "^artifact://[a-z0-9]([-a-z0-9.]*[a-z0-9])?$|^file:[^\\x00-\\x1f]+$"
                + "|^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?/|\\[[0-9a-fA-F:.]+\\](:[0-9]{1,5})?/)?"
                + "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*"
                + "(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha256:[0-9a-f]{64}|@sha512:[0-9a-f]{128})?$",
        example = "ghcr.io/acme/shop:1.2.0",
        maxLength = 512)
public record ImageReference(String text) {

    private static final String ARTIFACT = "artifact://";

    public static ImageReference parse(String text) {
        return new ImageReference(text);
    }

    /** The name, if this is an artifact's. */
    public Optional<String> artifact() {
        return text.startsWith(ARTIFACT) ? Optional.of(text.substring(ARTIFACT.length())) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
