package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga wit clean}. */
@Command(
        name = "clean",
        description = "Takes what `virga wit fetch` has put there out of the folder deps.",
        footer = {
            "",
            "Examples:",
            "  virga wit clean",
            "  virga wit clean --dir api/wit"
        })
final class CleanCommand implements Callable<Integer> {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "wit",
            description = "The package's folder (default: ${DEFAULT-VALUE}).")
    private Path path;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    CleanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> removed = new DependencyFolder(path).clean();
        if (output.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode().put("folder", path.toString());
            removed.forEach(all.putArray("removed")::add);
            console.out().println(all);
        } else {
            removed.forEach(folder -> console.out().println("- " + path.resolve("deps").resolve(folder)));
            console.out().println(removed.isEmpty() ? "nothing to remove" : removed.size() + " removed");
        }
        return ExitCode.OK;
    }
}
