package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Progress;
import dev.virga.cli.Size;
import dev.virga.oci.ImageManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga oci pull}. */
@Command(
        name = "pull",
        description = "Fetches a component out of a registry into a file.",
        footer = {
            "",
            "Bytes and manifest are checked against their digests, and against the one of the reference if it pins one.",
            "",
            "Examples:",
            "  virga oci pull ghcr.io/me/shop:1.0.0",
            "  virga oci pull --insecure registry.lan:5000/shop:1.0.0 -o shop.wasm"
        })
final class PullCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REFERENCE", description = "[REGISTRY/]REPOSITORY[:TAG][@DIGEST].")
    private String reference;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The file to write (default: the repository's last word with .wasm, if there is none yet).")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    PullCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = out.orElseGet(this::unused);
        ImageManifest manifest = registry.with(console.environment(), reference, image -> {
            ImageManifest found = image.manifest();
            ImageManifest.Blob component = image.component(found);
            try (Progress progress = Progress.of(console, "pulling " + reference, component.size())) {
                AtomicFile.writeOut(file, image.blob(component, progress));
            }
            return found;
        });
        long size = manifest.component().orElseThrow().size();
        console.out().println(output.json()
                ? JsonNodeFactory.instance.objectNode()
                        .put("reference", reference)
                        .put("digest", manifest.digest())
                        .put("file", file.toString())
                        .put("size", size)
                        .toString()
                : file + ": " + reference + ", " + manifest.digest() + ", " + Size.text(size));
        return ExitCode.OK;
    }

    private Path unused() {
        String repository = reference.replaceFirst("@.*", "").replaceFirst(":[^/:]*$", "");
        Path file = Path.of(repository.substring(repository.lastIndexOf('/') + 1) + ".wasm");
        if (Files.exists(file)) {
            throw new CliException.Usage(file + " exists; to replace it, name it: -o " + file);
        }
        return file;
    }
}
