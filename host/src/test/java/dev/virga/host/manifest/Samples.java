package dev.virga.host.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Manifests that are right. */
final class Samples {

    static final Path DIRECTORY = Path.of("src/test/resources/manifests");

    private Samples() {}

    static List<Path> files() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests parsed(String name) {
        return ManifestParser.parse(name, text(DIRECTORY.resolve(name)));
    }

    static Workload full() {
        return (Workload) parsed("full.yaml").all().getFirst();
    }
}
