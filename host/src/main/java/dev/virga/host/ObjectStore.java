package dev.virga.host;

import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.manifest.ManifestPrinter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Objects that were applied, a file each, so that a host that starts again has them. Only its user can read them. A
 * comment in the first line says when an object was applied first: of two that want the same route the older has it.
 */
final class ObjectStore {

    private static final String CREATED = "# applied first ";

    private final Path folder;

    ObjectStore(Path folder) {
        this.folder = folder;
        try {
            PrivateFolder.make(folder);
        } catch (IOException e) {
            throw new HostException.Broken("the folder " + folder + " cannot be used", e);
        }
    }

    /**
     * All of them, the oldest first.
     *
     * @param problems is told of files that cannot be read; they are left as they are
     */
    List<Manifest> load(Consumer<String> problems) {
        List<Manifest> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted(Comparator.comparing(ObjectStore::created).thenComparing(Path::compareTo))
                    .toList()) {
                try {
                    all.addAll(ManifestParser.read(file).all());
                } catch (ManifestException e) {
                    problems.accept(e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new HostException.Broken("the folder " + folder + " cannot be read", e);
        }
        return all;
    }

    /** Kept when this returns, even if the machine fails. */
    void save(Manifest manifest) {
        Path file = file(manifest.kind(), manifest.metadata().namespace(), manifest.metadata().name());
        try {
            Path part = Files.createTempFile(folder, "part", "");
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                String text = CREATED + createdOrNow(file) + "\n" + ManifestPrinter.yaml(List.of(manifest));
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync();
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new HostException.Broken(manifest.id() + " cannot be kept in " + folder, e);
        }
    }

    void delete(Kind kind, String namespace, String name) {
        try {
            if (Files.deleteIfExists(file(kind, namespace, name))) {
                sync();
            }
        } catch (IOException e) {
            throw new HostException.Broken(kind + " " + namespace + "/" + name + " cannot be removed from " + folder, e);
        }
    }

    /** A file's new name, or that it is gone, is the folder's to keep. */
    private void sync() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static Instant createdOrNow(Path file) {
        return Files.exists(file) ? created(file) : Instant.now();
    }

    private static Instant created(Path file) {
        try (BufferedReader text = Files.newBufferedReader(file)) {
            String first = text.readLine();
            return first != null && first.startsWith(CREATED) ? Instant.parse(first.substring(CREATED.length())) : Instant.EPOCH;
        } catch (IOException | DateTimeParseException e) {
            return Instant.EPOCH; // what is wrong with the file is told when it is read
        }
    }

    /** Names have no characters but letters, digits, dashes and dots, so that this is one file's name for each object. */
    private Path file(Kind kind, String namespace, String name) {
        return folder.resolve(kind + "_" + namespace + "_" + name + ".yaml");
    }
}
