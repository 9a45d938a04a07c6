package dev.virga.cli.host;

import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga logs}. */
@Command(
        name = "logs",
        description = "Shows what a workload logs: its components' output and what the host has to say about it.",
        footer = {
            "",
            "With --output json each line is an object.",
            "",
            "Examples:",
            "  virga logs shop",
            "  virga logs shop -f --tail 20 --component api"
        })
public final class LogsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The name of a workload, of its set or of its deployment.")
    private String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Its namespace (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(names = {"-f", "--follow"}, description = "Go on with the lines that come.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "The last lines only (default: all that are kept).")
    private Optional<Integer> tail;

    @Option(names = "--component", paramLabel = "NAME", description = "Lines of this component only.")
    private Optional<String> component;

    @Mixin
    private Client client;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public LogsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("format", output.json() ? "json" : "text");
        query.put("follow", Boolean.toString(follow));
        tail.ifPresent(lines -> query.put("tail", lines.toString()));
        component.ifPresent(one -> query.put("component", one));
        return client.use(host -> {
            host.logs(namespace, name, query, line -> {
                console.out().println(line);
                console.out().flush();
            });
            return ExitCode.OK;
        });
    }
}
