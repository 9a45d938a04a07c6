package dev.virga.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The chart, rendered by the real command, where there is one: {@code HELM}, or on the path. */
final class Helm {

    private Helm() {}

    /** @param error what it says if it renders nothing */
    record Rendered(String yaml, String error) {}

    /** What render.sh makes with these flags; skips the test without Helm. */
    static Rendered render(Path folder, String... flags) throws Exception {
        Optional<String> helm = find();
        assumeTrue(helm.isPresent(), "no helm here");
        Path out = folder.resolve("rendered.yaml");
        Path error = folder.resolve("error.txt");
        List<String> command = Stream.concat(
                        Stream.of("sh", Documents.DEPLOY.resolve("kubernetes/render.sh").toString()), Stream.of(flags))
                .toList();
        ProcessBuilder process = new ProcessBuilder(command).redirectError(error.toFile());
        process.environment().put("HELM", helm.get());
        process.environment().put("OUT", out.toString());
        Process running = process.start();
        assertTrue(running.waitFor(60, TimeUnit.SECONDS), "helm does not end");
        return new Rendered(Files.readString(out), Files.readString(error, StandardCharsets.UTF_8));
    }

    private static Optional<String> find() throws IOException {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("HELM")),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> folder + "/helm"))
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst();
    }
}
