package dev.virga.cli.oci;

import dev.virga.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code virga oci}, which holds the commands for registries. */
@Command(
        name = "oci",
        description = "Moves components to and from OCI registries.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  virga oci login ghcr.io --username me",
            "  virga oci push ghcr.io/me/shop:1.0.0 shop.wasm",
            "  virga oci inspect ghcr.io/me/shop:1.0.0",
            "  virga oci pull ghcr.io/me/shop:1.0.0 -o shop.wasm",
            "",
            "Credentials are Docker's. `virga oci COMMAND --help` says more about a command."
        })
public final class OciCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private OciCommand() {}

    public static CommandLine of(Console console) {
        CommandLine line = new CommandLine(new OciCommand());
        line.addSubcommand(new PushCommand(console));
        line.addSubcommand(new PullCommand(console));
        line.addSubcommand(new InspectCommand(console));
        line.addSubcommand(new LoginCommand(console));
        line.addSubcommand(new LogoutCommand(console));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? See `virga oci --help`");
    }
}
