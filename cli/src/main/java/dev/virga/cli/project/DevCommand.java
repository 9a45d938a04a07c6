package dev.virga.cli.project;

import dev.virga.cli.AddressConverter;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.EmbeddedHost;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.Folders;
import dev.virga.cli.OutputOption;
import dev.virga.cli.UntilTold;
import dev.virga.component.CallTrace;
import dev.virga.component.ComponentLoader;
import dev.virga.host.HostException;
import dev.virga.host.HostServer;
import dev.virga.host.control.ControlException;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeException;
import dev.virga.plugin.PluginException;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.TelemetryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code virga dev}. */
@Command(
        name = "dev",
        description = "Builds the project in this folder, runs it on a host in this process, and does so again whenever a "
                + "source is saved. No request is lost meanwhile.",
        footer = {
            "",
            "Prints `listening on http://HOST:PORT`. Requests, logs, backtraces and what was refused, with the line",
            "of the manifest that grants it, go to standard error. What the workload keeps is gone at the end, unless",
            "--data is given. Ctrl-C stops it.",
            "",
            "Examples:",
            "  virga dev",
            "  virga dev -C hello --addr 127.0.0.1:3000 --trace"
        })
public final class DevCommand implements Callable<Integer> {

    private static final String ADDRESS = "127.0.0.1:8080";

    @Mixin
    private FolderFlag in;

    @Option(
            names = "--addr",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Listen here; port 0 picks a free one (default: what the project says, or " + ADDRESS + ").")
    private Optional<InetSocketAddress> address;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep in this folder what the workload keeps.")
    private Optional<Path> data;

    @Option(
            names = "--trace",
            description = "Print each call that guests make of the host: arguments, result, time.")
    private boolean trace;

    @Mixin
    private EngineOption engine;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public DevCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Project project = ProjectFiles.read(in.folder());
        DevLog log = new DevLog(console.err());
        project.notes().forEach(log::line);
        try (ComponentLoader loader = engine.loader()) {
            loader.warmUp();
            Path folder = data.isPresent() ? Files.createDirectories(data.get()) : Files.createTempDirectory("virga-dev");
            try {
                run(project, log, loader, folder.toRealPath());
            } finally {
                if (data.isEmpty()) {
                    Folders.delete(folder);
                }
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CliException.Failed("the folder for what the workload keeps cannot be used: " + e);
        } catch (HostException | ServeException | PluginException | TelemetryException | ControlException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    private static InetSocketAddress address(Project project) {
        try {
            return new AddressConverter().convert(project.dev().address().orElse(ADDRESS));
        } catch (TypeConversionException e) {
            throw new CliException.Usage(project.file() + ": dev.address: " + e.getMessage());
        }
    }

    private void run(Project project, DevLog log, ComponentLoader loader, Path folder) throws IOException {
        UntilTold life = new UntilTold();
        Path copies = Files.createDirectories(folder.resolve("components"));
        Optional<CallTrace> calls = trace ? Optional.of(new TraceText(log::line)) : Optional.empty();
        HostServer server = new HostServer(
                EmbeddedHost.options(
                        folder,
                        address.orElseGet(() -> address(project)),
                        List.of(copies),
                        List.of(project.folder()),
                        true,
                        AccessLog.BRIEF,
                        log,
                        LogFormat.JSON,
                        Optional.empty(),
                        calls),
                loader,
                life::stop);
        DevSession session = new DevSession(project, new DevHost(server, copies), log, console.err());
        session.start();
        life.keep(console, () -> {
            try (server) {
                session.close();
            }
        }, output.json() ? "{\"listening\": \"" + server.uri() + "\"}" : "listening on " + server.uri());
    }
}
