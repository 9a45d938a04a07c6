package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Size;
import dev.virga.oci.ImageManifest;
import dev.virga.oci.ImageManifest.Blob;
import dev.virga.wasi.Harmless;
import java.io.IOException;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga oci inspect}. */
@Command(
        name = "inspect",
        description = "Shows what a registry says about an image, without fetching the component.",
        footer = {
            "",
            "Examples:",
            "  virga oci inspect ghcr.io/me/shop:1.0.0",
            "  virga oci inspect --output json localhost:5000/shop:1.0.0"
        })
final class InspectCommand implements Callable<Integer> {

    private static final long MAX_CONFIG = 1 << 20;

    @Parameters(paramLabel = "REFERENCE", description = "[REGISTRY/]REPOSITORY[:TAG][@DIGEST].")
    private String reference;

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    InspectCommand(Console console) {
        this.console = console;
    }

    private record Seen(ImageManifest manifest, JsonNode config) {}

    @Override
    public Integer call() {
        Seen seen = registry.with(console.environment(), reference, image -> {
            ImageManifest manifest = image.manifest();
            Blob config = manifest.config();
            if (config.size() > MAX_CONFIG) {
                throw new CliException.Failed(reference + ": its config has " + config.size() + " bytes, which none has");
            }
            return new Seen(manifest, json(image.blob(config, _ -> {})));
        });
        if (output.json()) {
            print(seen);
        } else {
            describe(seen.manifest());
            describe(seen.config());
        }
        return ExitCode.OK;
    }

    private JsonNode json(byte[] bytes) {
        try {
            return new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw new CliException.Failed(reference + ": its config is no JSON");
        }
    }

    private void print(Seen seen) {
        ObjectNode all = JsonNodeFactory.instance.objectNode()
                .put("reference", reference)
                .put("digest", seen.manifest().digest());
        all.set("manifest", json(seen.manifest().json().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        all.set("config", seen.config());
        console.out().println(all.toPrettyString());
    }

    private void describe(ImageManifest manifest) {
        line(reference + "@" + manifest.digest());
        line("config: " + manifest.config().mediaType());
        for (Blob layer : manifest.layers()) {
            line("layer: " + layer.mediaType() + ", " + Size.text(layer.size()) + ", " + layer.digest());
        }
        new TreeMap<>(manifest.annotations()).forEach((key, value) -> line("annotation: " + key + "=" + value));
    }

    private void describe(JsonNode config) {
        for (String field : new String[] {"created", "author", "architecture", "os"}) {
            if (config.hasNonNull(field)) {
                line(field + ": " + config.path(field).asText());
            }
        }
        for (String field : new String[] {"imports", "exports"}) {
            JsonNode names = config.path("component").path(field);
            if (!names.isEmpty()) {
                line(field + ":");
                names.forEach(name -> line("  " + name.asText()));
            }
        }
    }

    private void line(String text) {
        console.out().println(Harmless.text(text));
    }
}
