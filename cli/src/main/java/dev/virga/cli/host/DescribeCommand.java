package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.host.control.ControlException;
import dev.virga.host.control.ControlPlane;
import dev.virga.host.manifest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga describe}. */
@Command(
        name = "describe",
        description = "Shows all about one object: what it is, how it fares, and its last log lines.",
        footer = {"", "Examples:", "  virga describe wd shop", "  virga describe workload shop -n acme"})
public final class DescribeCommand implements Callable<Integer> {

    private static final String LINES = "10";

    @Mixin
    private ObjectOptions object;

    @Mixin
    private Client client;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Kind kind = object.kind();
        return client.use(host -> describe(host, kind));
    }

    private int describe(ControlPlane host, Kind kind) {
        JsonNode shown = host.object(kind, object.namespace, object.name);
        List<String> lines = new ArrayList<>();
        if (kind.runs()) {
            log(host, lines);
        }
        if (output.json()) {
            ArrayNode log = ((ObjectNode) shown).putArray("log");
            lines.forEach(log::add);
            console.out().println(shown);
        } else {
            new Description(console.out()).print(shown, lines);
        }
        return ExitCode.OK;
    }

    /** A user of a cluster may see an object and not the hosts' logs. */
    private void log(ControlPlane host, List<String> lines) {
        try {
            host.logs(object.namespace, object.name, Map.of("tail", LINES, "format", "text"), lines::add);
        } catch (ControlException.Refused e) {
            console.err().println("virga: its log is not here: " + e.getMessage());
        }
    }
}
