package dev.virga.cli.wit;

import dev.virga.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code virga wit}, which holds the commands for WIT. */
@Command(
        name = "wit",
        description = "Formats, checks, prints and encodes WIT, and fetches what it depends on.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  virga wit fmt wit README.md",
            "  virga wit check wit",
            "  virga wit print service.wasm",
            "  virga wit build wit -o package.wasm",
            "  virga wit add wasi:http@0.2.3",
            "",
            "Each command takes --output text|json; `virga wit COMMAND --help` says more about it."
        })
public final class WitCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private WitCommand() {}

    public static CommandLine of(Console console) {
        CommandLine line = new CommandLine(new WitCommand());
        line.addSubcommand(new FmtCommand(console));
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new PrintCommand(console));
        line.addSubcommand(new BuildCommand(console));
        line.addSubcommand(new AddCommand(console));
        line.addSubcommand(new RemoveCommand(console));
        line.addSubcommand(new UpdateCommand(console));
        line.addSubcommand(new FetchCommand(console));
        line.addSubcommand(new CleanCommand(console));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? See `virga wit --help`");
    }
}
