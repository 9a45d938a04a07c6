package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Progress;
import dev.virga.cli.Size;
import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.type.ComponentType;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleTypeReader;
import dev.virga.oci.WasmConfig;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga oci push}. */
@Command(
        name = "push",
        description = "Puts a component into a registry, as an image with the layout that the CNCF has for WebAssembly.",
        footer = {
            "",
            "Prints the image's digest, to pin it with: REFERENCE@DIGEST. The time in its config is that of "
                + "$SOURCE_DATE_EPOCH, in seconds, or else now.",
            "",
            "Examples:",
            "  virga oci push ghcr.io/me/shop:1.0.0 shop.wasm",
            "  virga oci push --annotation org.opencontainers.image.licenses=MIT \\",
            "      localhost:5000/shop:1.0.0 shop.wasm"
        })
final class PushCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "REFERENCE", description = "[REGISTRY/]REPOSITORY[:TAG].")
    private String reference;

    @Parameters(index = "1", paramLabel = "FILE", description = "The component, or a core module.")
    private Path path;

    @Option(
            names = "--annotation",
            paramLabel = "KEY=VALUE",
            description = "An annotation of the image. May be given several times.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Option(names = "--author", paramLabel = "NAME", description = "The author, for the image's config.")
    private Optional<String> author = Optional.empty();

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    PushCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GuestFile file = GuestFile.read(path);
        WasmConfig config = new WasmConfig(created(console.environment()), author, component(file));
        int size = file.bytes().length;
        String digest = registry.with(console.environment(), reference, image -> {
            try (Progress progress = Progress.of(console, "pushing " + reference, size)) {
                return image.push(file.bytes(), config, annotations, progress);
            }
        });
        console.out().println(output.json()
                ? JsonNodeFactory.instance.objectNode()
                        .put("reference", reference)
                        .put("digest", digest)
                        .put("size", size)
                        .toString()
                : "pushed " + reference + "@" + digest + ", " + Size.text(size));
        return ExitCode.OK;
    }

    /** What a registry's readers would otherwise have to fetch the component for. */
    private static Optional<WasmConfig.Component> component(GuestFile file) {
        file.requireComponent();
        try {
            if (file.isCoreModule()) {
                ModuleTypeReader.read(file.bytes());
                return Optional.empty();
            }
            ComponentType type = ComponentValidator.validate(ComponentDecoder.decode(file.bytes()));
            return Optional.of(new WasmConfig.Component(
                    List.copyOf(type.imports().keySet()), List.copyOf(type.exports().keySet())));
        } catch (ComponentException | ModuleException e) {
            throw file.refused(e);
        }
    }

    /** So that the same component makes the same image (reproducible-builds.org). */
    static Instant created(Map<String, String> environment) {
        String epoch = environment.getOrDefault("SOURCE_DATE_EPOCH", "");
        try {
            return epoch.isEmpty() ? Instant.now() : Instant.ofEpochSecond(Long.parseLong(epoch));
        } catch (NumberFormatException | DateTimeException e) {
            throw new CliException.Usage("SOURCE_DATE_EPOCH=" + epoch + ": not a number of seconds");
        }
    }
}
