package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga oci logout}. */
@Command(
        name = "logout",
        description = "Forgets the credentials for a registry, with Docker, too.",
        footer = {
            "",
            "Examples:",
            "  virga oci logout ghcr.io"
        })
final class LogoutCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REGISTRY", description = "HOST[:PORT].")
    private String name;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    LogoutCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        boolean known = DockerConfig.find(console.environment()).erase(name);
        console.out().println(output.json()
                ? JsonNodeFactory.instance.objectNode().put("registry", name).put("known", known).toString()
                : known ? "logged out of " + name : "there were no credentials for " + name);
        return ExitCode.OK;
    }
}
