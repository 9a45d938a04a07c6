package dev.virga.component.validation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The public test suites, where they lie beside this checkout. */
public final class Suites {

    /** A binary of a script, with the name of the command that it is for. */
    public record Case(Path file, int line, String command, String text) {
        public byte[] bytes() {
            return read(file);
        }

        String script() {
            return file.getParent().getFileName().toString();
        }

        @Override
        public String toString() {
            return file.getParent().getFileName() + ":" + line + " " + file.getFileName() + " " + command + " " + text;
        }
    }

    private Suites() {}

    /** A folder of the suites; the test is skipped where it is not there. */
    public static Path folder(String name) {
        Optional<Path> root = Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/conformance"))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(root.isPresent(), "skipped: no shared/conformance in any folder above this checkout");
        return root.get().resolve(name);
    }

    /** All binaries below a folder that are components or claim to be. */
    public static List<Case> cases(Path folder) {
        List<Case> cases = new ArrayList<>();
        for (Path script : files(folder, ".json")) {
            try {
                for (JsonNode command : new ObjectMapper().readTree(script.toFile()).get("commands")) {
                    String file = command.path("filename").asText();
                    if (file.endsWith(".wasm")) {
                        cases.add(new Case(
                                script.resolveSibling(file),
                                command.get("line").asInt(),
                                command.get("type").asText(),
                                command.path("text").asText()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return cases;
    }

    public static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
