package dev.virga.oci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import land.oras.ContainerRef;
import land.oras.Layer;
import land.oras.exception.OrasException;

/**
 * Images on disk: {@code blobs/DIGEST} holds bytes, {@code references/…} the digest that a reference stood for. Safe
 * for many threads and processes: files appear whole or not at all.
 */
public final class ImageStore {

    private final Path folder;
    private final RegistrySettings settings;

    /** @param folder is made if it is missing */
    public ImageStore(Path folder, RegistrySettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * The image of a reference {@code [REGISTRY/]REPOSITORY[:TAG][@DIGEST]}.
     *
     * @throws ImageException if it is not to be had
     */
    public Image get(String reference, PullPolicy policy, Optional<Credentials> credentials) {
        Path known = folder.resolve("references").resolve(key(reference, credentials));
        Optional<Image> here = policy == PullPolicy.ALWAYS ? Optional.empty() : known(known);
        if (here.isPresent()) {
            return here.get();
        }
        if (policy == PullPolicy.NEVER) {
            throw new ImageException.Missing(
                    reference + ": it is not here, and its imagePullPolicy is Never", null);
        }
        RemoteImage remote = new RemoteImage(parse(reference), settings, credentials);
        Layer layer = remote.component();
        Image image = blob(layer.getDigest()).orElseGet(() -> {
            byte[] bytes = remote.fetch(layer);
            write(blobFile(layer.getDigest()), bytes);
            return new Image(layer.getDigest(), bytes);
        });
        write(known, layer.getDigest().getBytes(StandardCharsets.UTF_8));
        return image;
    }

    /** Of an image for whom the registry gave it to: another password may not open it. */
    private static String key(String reference, Optional<Credentials> credentials) {
        String all = reference + credentials.map(c -> "\0" + c.user() + "\0" + c.password()).orElse("");
        return Digests.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(7);
    }

    private static ContainerRef parse(String reference) {
        try {
            return ContainerRef.parse(reference);
        } catch (OrasException | IllegalArgumentException e) {
            throw new ImageException.Wrong(
                    reference + ": not an image reference: write [REGISTRY/]REPOSITORY[:TAG][@sha256:DIGEST]", e);
        }
    }

    private Optional<Image> known(Path reference) {
        return read(reference).map(b -> new String(b, StandardCharsets.UTF_8)).flatMap(this::blob);
    }

    /** Bytes whose digest is right: a damaged file is as good as none. */
    private Optional<Image> blob(String digest) {
        return read(blobFile(digest))
                .filter(bytes -> Digests.sha256(bytes).equals(digest))
                .map(bytes -> new Image(digest, bytes));
    }

    private Path blobFile(String digest) {
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw new ImageException.Wrong("a component's digest is " + digest + " and not a sha256 one", null);
        }
        return folder.resolve("blobs").resolve(digest.substring(7));
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it is fetched again
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), "part", "");
            try {
                Files.write(part, bytes);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an image cannot be kept in " + file.getParent(), e);
        }
    }
}
