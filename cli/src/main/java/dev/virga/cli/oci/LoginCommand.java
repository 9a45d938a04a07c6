package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.oci.Credentials;
import dev.virga.oci.RemoteImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga oci login}. */
@Command(
        name = "login",
        description = "Tries credentials with a registry and keeps them where Docker does.",
        footer = {
            "",
            "The password is asked for, or read from standard input with --password-stdin. It is kept by the credential "
                + "helper that Docker's configuration names, or else in ~/.docker/config.json ($DOCKER_CONFIG).",
            "",
            "Examples:",
            "  virga oci login ghcr.io --username me",
            "  echo \"$TOKEN\" | virga oci login ghcr.io --username me --password-stdin"
        })
final class LoginCommand implements Callable<Integer> {

    private static final int LONGEST = 64 * 1024;

    @Parameters(paramLabel = "REGISTRY", description = "HOST[:PORT].")
    private String name;

    @Option(names = {"-u", "--username"}, required = true, paramLabel = "USER", description = "Who logs in.")
    private String user;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean fromInput;

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    LoginCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (user.isEmpty() || user.contains(":")) {
            throw new CliException.Usage("--username " + user + ": a user's name has no colon and is not empty");
        }
        Credentials credentials = new Credentials(user, fromInput ? read() : ask());
        String kept = RegistryOptions.asked(() -> {
            RemoteImage.logIn(name, registry.settings(name), credentials);
            return DockerConfig.find(console.environment()).store(name, credentials);
        });
        console.out().println(output.json()
                ? JsonNodeFactory.instance.objectNode().put("registry", name).put("user", user).toString()
                : "logged in to " + name + " as " + user + "; the credentials are " + kept);
        return ExitCode.OK;
    }

    private String read() {
        try {
            byte[] bytes = console.in().readNBytes(LONGEST + 1);
            String password = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
            if (password.isEmpty() || bytes.length > LONGEST) {
                throw new CliException.Usage("--password-stdin: standard input holds no password");
            }
            return password;
        } catch (IOException e) {
            throw new CliException.Failed("standard input cannot be read: " + e.getMessage());
        }
    }

    /** Without showing it. */
    private String ask() {
        java.io.Console terminal = System.console();
        if (!console.terminals().in() || terminal == null || !terminal.isTerminal()) {
            throw new CliException.Usage("there is no terminal to ask for the password; give it with --password-stdin");
        }
        char[] password = terminal.readPassword("Password of %s for %s: ", user, name);
        if (password == null || password.length == 0) {
            throw new CliException.Usage("no password was given");
        }
        return new String(password);
    }
}
