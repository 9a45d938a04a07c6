package dev.virga.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.oci.ImageManifest.Blob;
import dev.virga.oci.RegistryHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.exception.OrasException;

/** An image in a registry, and the way to it. */
public final class RemoteImage implements AutoCloseable {

    static final String WASM = "application/wasm";

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String ACCEPTED = MANIFEST + ", application/vnd.docker.distribution.manifest.v2+json";
    private static final int MAX_MANIFEST = 4 << 20;
    private static final int MAX_LIST = 1 << 20;
    private static final int MAX_PAGES = 50;

    /** What the specification has; the library takes more. */
    private static final Pattern NAME = Pattern.compile(
            "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+)*+");

    private static final int MAX_NAME = 255;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    private final ContainerRef reference;
    private final String repository;
    private final RegistrySettings settings;
    private final RegistrySession session;

    /**
     * @param reference {@code [REGISTRY/]REPOSITORY[:TAG][@DIGEST]}
     * @throws ImageException if it is no reference, or the settings cannot be used
     */
    public RemoteImage(String reference, RegistrySettings settings, Optional<Credentials> credentials) {
        this.reference = parse(reference);
        this.repository = this.reference.getFullRepository();
        this.settings = settings;
        this.session = new RegistrySession(
                this.reference.getRegistry(), this.reference.getApiRegistry(), settings, credentials);
    }

    private static ContainerRef parse(String reference) {
        try {
            ContainerRef parsed = ContainerRef.parse(reference);
            String repository = parsed.getFullRepository();
            if (repository.length() <= MAX_NAME
                    && NAME.matcher(repository).matches()
                    && parsed.getTag().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
                    && (parsed.getDigest() == null || DIGEST.matcher(parsed.getDigest()).matches())) {
                return parsed;
            }
        } catch (OrasException | IllegalArgumentException e) {
            // said below
        }
        throw new ImageException.Wrong(
                reference + ": not an image reference: write [REGISTRY/]REPOSITORY[:TAG][@sha256:DIGEST]", null);
    }

    /**
     * The registry that a reference names, as credentials are kept for it.
     *
     * @throws ImageException if it is no reference
     */
    public static String registry(String reference) {
        return parse(reference).getRegistry();
    }

    /**
     * Finds whether a registry lets a user in.
     *
     * @param registry {@code HOST[:PORT]}
     * @throws ImageException if it does not
     */
    public static void logIn(String registry, RegistrySettings settings, Credentials credentials) {
        String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
        try (RegistrySession session = new RegistrySession(registry, host, settings, Optional.of(credentials))) {
            Answer answer = session.send(Call.get(session.uri(""), RegistryHttp.MAX_ERROR));
            if (!answer.isGood()) {
                throw RegistryErrors.of(registry, registry, answer);
            }
        }
    }

    /** @throws ImageException if there is none, or it is not the one that the reference pins */
    public ImageManifest manifest() {
        String pinned = reference.getDigest();
        String version = pinned == null ? reference.getTag() : pinned;
        Answer answer = send(Call.get(uri("manifests/" + version), MAX_MANIFEST).with("Accept", ACCEPTED));
        if (pinned != null && !Digests.fits(pinned, answer.body())) {
            throw new ImageException.Wrong(
                    reference + ": the registry's manifest has the digest " + Digests.sha256(answer.body()), null);
        }
        return ImageManifest.parse(reference.toString(), answer.body());
    }

    /**
     * The component of a manifest of this image.
     *
     * @throws ImageException.Wrong if it has none, or one that is too large
     */
    public Blob component(ImageManifest manifest) {
        Blob layer = manifest.component().orElseThrow(() -> new ImageException.Wrong(
                reference + ": it has not exactly one layer of type " + WASM + ", so it is no component", null));
        if (layer.size() > settings.largest()) {
            throw new ImageException.Wrong(reference + ": its component of " + layer.size() + " bytes is larger than "
                    + settings.largest(), null);
        }
        return layer;
    }

    /**
     * The bytes of a part of this image.
     *
     * @param progress is told how many have come
     * @throws ImageException if they cannot be had, or are others
     */
    public byte[] blob(Blob blob, LongConsumer progress) {
        if (blob.size() > settings.largest()) {
            throw new ImageException.Wrong(reference + ": a part of " + blob.size() + " bytes is larger than "
                    + settings.largest(), null);
        }
        byte[] bytes = send(Call.get(uri("blobs/" + blob.digest()), blob.size()).telling(progress)).body();
        if (!Digests.fits(blob.digest(), bytes)) {
            throw new ImageException.Wrong(reference + ": its part " + blob.digest() + " has the digest "
                    + Digests.sha256(bytes), null);
        }
        return bytes;
    }

    /**
     * Puts a component or module there, under the reference's tag.
     *
     * @param progress is told how many bytes of it have gone
     * @return the manifest's digest
     * @throws ImageException if the registry does not take it
     */
    public String push(byte[] wasm, WasmConfig config, Map<String, String> annotations, LongConsumer progress) {
        if (reference.getDigest() != null) {
            throw new ImageException.Wrong(reference + ": a push goes to a tag; leave out the digest", null);
        }
        Layer layer = upload(wasm, progress);
        Layer settled = upload(config.json(layer.getDigest()), Call.SILENT);
        byte[] manifest = Manifest.empty()
                .withConfig(Config.fromBlob(WasmConfig.MEDIA_TYPE, settled))
                .withLayers(List.of(layer.withMediaType(WASM)))
                .withAnnotations(annotations)
                .toJson()
                .getBytes(StandardCharsets.UTF_8);
        send(Call.of("PUT", uri("manifests/" + reference.getTag()), Optional.of(new Call.Body(MANIFEST, manifest))));
        return Digests.sha256(manifest);
    }

    private Layer upload(byte[] bytes, LongConsumer progress) {
        String digest = Digests.sha256(bytes);
        if (!session.send(Call.of("HEAD", uri("blobs/" + digest), Optional.empty())).isGood()) {
            URI start = uri("blobs/uploads/");
            String location = send(Call.of("POST", start, Optional.of(new Call.Body("application/octet-stream", new byte[0]))))
                    .header("Location")
                    .orElseThrow(() -> new ImageException.Wrong(
                            reference + ": the registry does not say where to upload to", null));
            String to = session.resolve(start, location).toString();
            send(Call.of(
                            "PUT",
                            URI.create(to + (to.contains("?") ? "&" : "?") + "digest=" + digest),
                            Optional.of(new Call.Body("application/octet-stream", bytes)))
                    .telling(progress));
        }
        return Layer.fromDigest(digest, bytes.length);
    }

    /**
     * The tags of the repository, the first of very many.
     *
     * @throws ImageException if it does not exist
     */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        Optional<URI> page = Optional.of(uri("tags/list"));
        for (int i = 0; i < MAX_PAGES && page.isPresent(); i++) {
            Answer answer = send(Call.get(page.get(), MAX_LIST));
            try {
                for (JsonNode tag : new ObjectMapper().readTree(answer.body()).path("tags")) {
                    tags.add(tag.asText());
                }
            } catch (IOException e) {
                throw new ImageException.Wrong(reference + ": the registry's list of tags is malformed", e);
            }
            URI from = page.get();
            page = answer.header("Link")
                    .filter(link -> link.matches("<[^>]+>.*rel=\"?next\"?.*"))
                    .map(link -> session.resolve(from, link.substring(1, link.indexOf('>'))));
        }
        return List.copyOf(tags);
    }

    private URI uri(String path) {
        return session.uri(repository + "/" + path);
    }

    private Answer send(Call call) {
        Answer answer;
        try {
            answer = session.send(call);
        } catch (ImageException e) {
            throw e.of(reference.toString());
        }
        if (!answer.isGood()) {
            throw RegistryErrors.of(reference.getRegistry(), reference.toString(), answer);
        }
        return answer;
    }

    @Override
    public void close() {
        session.close();
    }
}
