package dev.virga.oci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

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
        try (RemoteImage remote = new RemoteImage(reference, settings, credentials)) {
            Image image = get(remote, remote.component(remote.manifest()), Call.SILENT);
            write(known, image.digest().getBytes(StandardCharsets.UTF_8));
            return image;
        }
    }

    /**
     * A part of an image, out of its registry unless its bytes are here.
     *
     * @param progress is told how many bytes have come
     * @throws ImageException if it is not to be had
     */
    public Image get(RemoteImage remote, ImageManifest.Blob part, LongConsumer progress) {
        return find(part.digest()).orElseGet(() -> {
            byte[] bytes = remote.blob(part, progress);
            write(blobFile(part.digest()), bytes);
            return new Image(part.digest(), bytes);
        });
    }

    /** Of an image for whom the registry gave it to: another password may not open it. */
    private static String key(String reference, Optional<Credentials> credentials) {
        String all = reference + credentials.map(c -> "\0" + c.user() + "\0" + c.password()).orElse("");
        return Digests.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(7);
    }

    private Optional<Image> known(Path reference) {
        return read(reference).map(b -> new String(b, StandardCharsets.UTF_8)).flatMap(this::find);
    }

    /** Bytes with this digest, if they are here: a damaged file is as good as none. */
    public Optional<Image> find(String digest) {
        return read(blobFile(digest))
                .filter(bytes -> Digests.sha256(bytes).equals(digest))
                .map(bytes -> new Image(digest, bytes));
    }

    /** Its images: good ones, and those that will be fetched again. */
    public record Contents(List<Path> good, List<Path> corrupt) {}

    /**
     * Reads all of it.
     *
     * @throws IOException if it cannot be read
     */
    public Contents contents() throws IOException {
        Contents contents = new Contents(new ArrayList<>(), new ArrayList<>());
        Path blobs = folder.resolve("blobs");
        if (Files.isDirectory(blobs)) {
            try (Stream<Path> files = Files.list(blobs)) {
                for (Path file : files.sorted().toList()) {
                    String digest = "sha256:" + file.getFileName();
                    boolean good = Digests.isSha256(digest) && find(digest).isPresent();
                    (good ? contents.good() : contents.corrupt()).add(file);
                }
            }
        }
        return contents;
    }

    private Path blobFile(String digest) {
        if (!Digests.isSha256(digest)) {
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
