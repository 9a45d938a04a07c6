package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.ExitCode;
import dev.virga.host.control.ControlPlane;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestPrinter;
import dev.virga.host.manifest.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga apply}. */
@Command(
        name = "apply",
        description = "Tells a host to run what manifests say, and to keep it like that.",
        footer = {
            "",
            "Images `file:PATH` are relative to their manifest; the host must allow their folder (--image-dir).",
            "",
            "Examples:",
            "  virga apply -f shop.yaml",
            "  virga apply -f workloads/ --wait",
            "  kustomize build . | virga apply -f - --wait=2m"
        })
public final class ApplyCommand implements Callable<Integer> {

    /** More are sent in several calls: a host takes so much text at a time, and no more documents than a file has. */
    private static final int MOST_AT_ONCE = 100;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "Manifests: a file, all of a folder, or - for standard input. May be given several times.")
    private List<String> files;

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "TIME",
            fallbackValue = "60s",
            converter = DurationConverter.class,
            description = "Wait until all of it runs, or cannot: then the exit code is 1 (TIME is ${FALLBACK-VALUE} if "
                    + "left out).")
    private Optional<Duration> wait;

    @Mixin
    private Client client;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Manifests manifests = Sources.read(files, console);
        manifests.skipped().forEach(other -> console.err().println(
                "virga: skipped " + other.apiVersion() + " " + other.kind() + ", which is for another tool"));
        return client.use(host -> apply(host, manifests.all()));
    }

    private int apply(ControlPlane host, List<Manifest> manifests) {
        ArrayNode objects = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < manifests.size(); i += MOST_AT_ONCE) {
            List<Manifest> some = manifests.subList(i, Math.min(i + MOST_AT_ONCE, manifests.size()));
            for (JsonNode applied : host.apply(ManifestPrinter.yaml(some)).path("objects")) {
                objects.add(applied);
                if (!output.json()) {
                    console.out().println(Objects.id(applied) + " " + applied.path("result").asText());
                }
            }
        }
        int code = wait.map(time -> new Waiting(host, objects, time).until(line -> {
                    if (!output.json()) {
                        console.out().println(line);
                    }
                }, console.err()::println))
                .orElse(ExitCode.OK);
        if (output.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.set("objects", objects);
            console.out().println(all);
        }
        return code;
    }
}
