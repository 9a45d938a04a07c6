package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.host.manifest.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga scale}. */
@Command(
        name = "scale",
        description = "Changes how many replicas of something run.",
        footer = {"", "Examples:", "  virga scale wd shop --replicas 3"})
public final class ScaleCommand implements Callable<Integer> {

    @Mixin
    private ObjectOptions object;

    @Option(names = "--replicas", required = true, paramLabel = "N", description = "How many; 0 stops all of them.")
    private int replicas;

    @Mixin
    private Client client;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public ScaleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Kind kind = object.kind();
        return client.use(host -> {
            JsonNode scaled = host.scale(kind, object.namespace, object.name, replicas);
            console.out().println(output.json() ? scaled : Objects.id(scaled) + " scaled to " + replicas);
            return ExitCode.OK;
        });
    }
}
