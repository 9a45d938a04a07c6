package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.host.control.ControlClient;
import dev.virga.host.control.ControlException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga drain}. */
@Command(
        name = "drain",
        description = "Tells a host to take no new requests, to let those under way end, and to stop.",
        footer = {"", "What was applied runs again when a host starts on the same folder.", "", "Examples:", "  virga drain"})
public final class DrainCommand implements Callable<Integer> {

    @Mixin
    private FolderOption folder;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public DrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (ControlClient host = new ControlClient(folder.path())) {
            console.out().println(output.json() ? host.drain() : said(host));
            return ExitCode.OK;
        } catch (ControlException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    private static String said(ControlClient host) {
        host.drain();
        return "the host drains and stops";
    }
}
