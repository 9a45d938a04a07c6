package dev.virga.cli.host;

import dev.virga.cli.AddressConverter;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.ListenOptions;
import dev.virga.cli.UntilTold;
import dev.virga.component.ComponentLoader;
import dev.virga.host.HostException;
import dev.virga.host.HostId;
import dev.virga.host.HostOptions;
import dev.virga.host.HostPolicy;
import dev.virga.host.HostServer;
import dev.virga.host.control.ControlException;
import dev.virga.hostapi.HostApi;
import dev.virga.ingress.ServeException;
import dev.virga.ingress.ServeLimits;
import dev.virga.plugin.PluginException;
import dev.virga.telemetry.TelemetryException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga host}. */
@Command(
        name = "host",
        description = "Runs workloads that are applied to it, and answers their requests.",
        footer = {
            "",
            "Prints `listening on http://HOST:PORT` once it accepts connections. Logs go to standard error.",
            "What was applied is there again when a host starts on the same folder.",
            "On SIGTERM or Ctrl-C it goes on for --drain-delay, then takes no new requests, lets those under way end",
            "and ends with 0.",
            "",
            "Examples:",
            "  virga host --image-dir .",
            "  virga host --manifests ./workloads --admin 127.0.0.1:9090",
            "  virga host --addr 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem --audit-file audit.log",
            "  virga host --scheduler-nats nats://127.0.0.1:4222 --hostgroup edge",
            "  virga host --backend keyvalue.cache=redis,url=redis://127.0.0.1:6379"
        })
public final class HostCommand implements Callable<Integer> {

    /** Manifests say how long requests may take, and this is the most that they can say. */
    private static final Duration LONGEST_REQUEST = Duration.ofDays(30);

    /** With the time of grace less than the half minute that Kubernetes gives a pod. */
    private static final Duration DRAIN_DELAY = Duration.ofSeconds(15);

    @Mixin
    private FolderOption folder;

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            description = "Run what the manifests in this folder say, and go with them when they change; `file:` "
                    + "images may lie there too.")
    private Optional<Path> manifests;

    @Mixin
    private ListenOptions listen;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Answer /metrics, /healthz and /readyz here, over plain HTTP (default: nowhere).")
    private Optional<InetSocketAddress> admin;

    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "When told to stop, first go on serving, but not ready, so that requests go elsewhere: for so "
                    + "long, or until a scheduler has moved its workloads (default: 15s with --scheduler-nats, else none).")
    private Optional<Duration> drainDelay;

    @Mixin
    private PolicyFlags policy;

    @Mixin
    private BackendFlags backends;

    @Mixin
    private SchedulerFlags scheduler;

    @Mixin
    private TelemetryFlags telemetry;

    @Mixin
    private EngineOption engine;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public HostCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        UntilTold life = new UntilTold();
        try (ComponentLoader loader = engine.loader()) {
            HostOptions options = options();
            HostServer server = new HostServer(options, loader, life::stop);
            life.keep(console, withScheduler(server, options.policy()), listening(server));
            return ExitCode.OK;
        } catch (HostException | ServeException | PluginException | TelemetryException | ControlException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    /** What closes the server, and before that the way for schedulers. */
    private Runnable withScheduler(HostServer server, HostPolicy policy) {
        try {
            Optional<HostApi> api = scheduler.open(server, policy);
            return () -> {
                try (server;
                        HostApi _ = api.orElse(null)) {
                    drain(server, api);
                }
            };
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void drain(HostServer server, Optional<HostApi> api) {
        try {
            if (api.isPresent()) {
                api.get().drain(drainDelay.orElse(DRAIN_DELAY));
            } else if (drainDelay.isPresent()) {
                server.drain();
                Thread.sleep(drainDelay.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // at once, then
        }
    }

    private HostOptions options() {
        Path data = folder.path();
        String id = HostId.of(data);
        return new HostOptions(
                data,
                listen.address(),
                listen.tls(),
                listen.limits(ServeLimits.DEFAULT.bodyBytes(), LONGEST_REQUEST),
                listen.grace(),
                listen.accessLog(),
                Optional.empty(),
                scheduler.policy(policy.policy(id, manifests, backends.limits(), backends.most())),
                policy.registries(),
                backends.backends(),
                backends.links(),
                telemetry.settings(id, console.err()),
                manifests,
                admin);
    }

    private String listening(HostServer server) {
        return output.json()
                ? "{\"listening\": \"" + server.uri() + "\""
                        + server.admin().map(uri -> ", \"admin\": \"" + uri + "\"").orElse("") + "}"
                : "listening on " + server.uri();
    }
}
