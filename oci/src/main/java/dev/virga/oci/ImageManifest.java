package dev.virga.oci;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import land.oras.Descriptor;
import land.oras.Manifest;
import land.oras.exception.OrasException;

/**
 * What a registry says about an image.
 *
 * @param digest of the manifest
 * @param json as the registry has it
 */
public record ImageManifest(
        String digest, Blob config, List<Blob> layers, Map<String, String> annotations, String json) {

    private static final List<String> WASM =
            List.of(RemoteImage.WASM, "application/vnd.wasm.content.layer.v1+wasm");

    /**
     * A part that is kept under its digest.
     *
     * @param size in bytes, as the manifest has it
     */
    public record Blob(String mediaType, String digest, long size) {

        private static Blob of(Descriptor descriptor) {
            if (descriptor == null || descriptor.getDigest() == null || descriptor.getSize() == null
                    || descriptor.getSize() < 0 || !Digests.isSha256(descriptor.getDigest())) {
                throw new OrasException("a part has no sha256 digest or no size", null);
            }
            return new Blob(Objects.requireNonNullElse(descriptor.getMediaType(), ""), descriptor.getDigest(), descriptor.getSize());
        }
    }

    /**
     * @param name of the image, for messages
     * @throws ImageException.Wrong if it is no manifest of an image
     */
    static ImageManifest parse(String name, byte[] bytes) {
        String json = new String(bytes, StandardCharsets.UTF_8);
        try {
            Manifest manifest = Manifest.fromJson(json);
            return new ImageManifest(
                    Digests.sha256(bytes),
                    Blob.of(manifest.getConfig()),
                    manifest.getLayers().stream().map(Blob::of).toList(),
                    Map.copyOf(Objects.requireNonNullElse(manifest.getAnnotations(), Map.of())),
                    json);
        } catch (OrasException | NullPointerException e) {
            throw new ImageException.Wrong(name + ": what the registry has is no manifest of an image with its parts", e);
        }
    }

    /** The component, if there is one and no more. */
    public Optional<Blob> component() {
        List<Blob> found = layers.stream().filter(layer -> WASM.contains(layer.mediaType())).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
