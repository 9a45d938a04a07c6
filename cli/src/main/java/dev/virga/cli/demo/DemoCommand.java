package dev.virga.cli.demo;

import dev.virga.cli.AddressConverter;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.UntilTold;
import dev.virga.component.ComponentLoader;
import dev.virga.host.HostException;
import dev.virga.host.control.ControlException;
import dev.virga.ingress.ServeException;
import dev.virga.plugin.PluginException;
import dev.virga.telemetry.TelemetryException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga demo}. */
@Command(
        name = "demo",
        description = "Runs a host with a workload of three components on it, and a page that uses them.",
        footer = {
            "",
            "Needs no other server. Prints its URL and what to try; logs go to standard error. Ctrl-C stops it.",
            "The sources of the components are in examples/orders.",
            "",
            "Examples:",
            "  virga demo",
            "  virga demo --addr 127.0.0.1:8080 --data ./demo"
        })
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--addr",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            converter = AddressConverter.class,
            description = "Listen here; port 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress address;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep orders and all else in this folder (default: a temporary one, removed at the end).")
    private Optional<Path> data;

    @Mixin
    private EngineOption engine;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        UntilTold life = new UntilTold();
        try (ComponentLoader loader = engine.loader()) {
            Demo demo = started(loader, life);
            life.keep(console, demo::close, output.json() ? json(demo) : text(demo));
            return ExitCode.OK;
        } catch (HostException | ServeException | PluginException | TelemetryException | ControlException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    private Demo started(ComponentLoader loader, UntilTold life) {
        DemoFolder folder = new DemoFolder(data);
        try {
            return new Demo(folder, address, console.err(), loader, life::stop);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private static String json(Demo demo) {
        return "{\"listening\": \"" + demo.uri() + "\"}";
    }

    private static String text(Demo demo) {
        URI uri = demo.uri();
        return """
                listening on URI

                The workload "orders" runs there, on a host in this process:
                  api      Rust  answers HTTP, keeps orders in wasi:keyvalue, publishes a message for each
                  policy   C     decides by the limit in wasi:config; linked to api by its interface
                  shipper  Rust  handles the messages: packs and ships

                Open URI in a browser, or try:
                  curl URI/orders -d '{"item": "tea", "quantity": 2, "price": 450}'
                  curl URI/orders -d '{"item": "gold", "quantity": 1, "price": 99900}'
                  curl URI/orders/1
                  virga get --data DATA
                  virga logs orders --data DATA

                Change a limit in MANIFEST and save: the host follows.
                Ctrl-C stops it.
                """
                .replace("URI", uri.toString().replaceAll("/$", ""))
                .replace("DATA", demo.data().toString())
                .replace("MANIFEST", demo.manifest().toString())
                .stripTrailing();
    }
}
