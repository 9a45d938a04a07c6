package dev.virga.component.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Another implementation's opinion on a component, where its command is on the PATH. */
final class Oracle {

    private static final Optional<Path> WASM_TOOLS = Stream.of(
                    Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(folder -> Path.of(folder).resolve("wasm-tools"))
            .filter(Files::isExecutable)
            .findFirst();

    private Oracle() {}

    static void assertValid(byte[] component) {
        if (WASM_TOOLS.isEmpty()) {
            return;
        }
        try {
            Path file = Files.createTempFile("virga", ".wasm");
            try {
                Files.write(file, component);
                Process process = new ProcessBuilder(
                                WASM_TOOLS.get().toString(), "validate", "--features", "all", file.toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(process.getInputStream().readAllBytes());
                assertEquals(0, process.waitFor(), said);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
