package dev.virga.cli.demo;

import dev.virga.cli.CliException;
import dev.virga.cli.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The folder of the demo's host, with the workload in it. One that nobody asked for is removed at the end. */
final class DemoFolder implements AutoCloseable {

    /** In the jar, from {@code examples/orders}. */
    private static final List<String> FILES = List.of("api.wasm", "policy.wasm", "shipper.wasm", "manifest.yaml");

    private final Path data;
    private final boolean temporary;

    /** @param wanted the folder; without it, a temporary one */
    DemoFolder(Optional<Path> wanted) {
        temporary = wanted.isEmpty();
        try {
            data = temporary
                    ? Files.createTempDirectory("virga-demo").toRealPath()
                    : Files.createDirectories(wanted.get()).toRealPath();
        } catch (IOException e) {
            throw new CliException.Failed("the demo's folder cannot be made: " + e);
        }
        try {
            Files.createDirectories(workload());
            for (String file : FILES) {
                try (InputStream in = DemoFolder.class.getResourceAsStream(file)) {
                    Files.copy(in, workload().resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            close();
            throw new CliException.Failed("the demo cannot be written to " + data + ": " + e);
        }
    }

    Path data() {
        return data;
    }

    /** The manifest and the components. */
    Path workload() {
        return data.resolve("demo");
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try {
            Folders.delete(data);
        } catch (IOException e) {
            throw new CliException.Failed("the demo's folder " + data + " cannot be removed: " + e);
        }
    }
}
