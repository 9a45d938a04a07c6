package dev.virga.cli.operator;

import dev.virga.cli.AddressConverter;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.UntilTold;
import dev.virga.host.HostException;
import dev.virga.host.shape.Yaml;
import dev.virga.operator.Clients;
import dev.virga.operator.OperatorServer;
import dev.virga.operator.OperatorSettings;
import dev.virga.operator.Timing;
import dev.virga.operator.crd.Crds;
import dev.virga.operator.hosts.Patience;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.Telemetry;
import dev.virga.telemetry.TelemetryException;
import dev.virga.telemetry.TelemetrySettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga operator}. */
@Command(
        name = "operator",
        description = "Runs the workloads of a Kubernetes cluster on the hosts that report over NATS.",
        footer = {
            "",
            "It is the pod's own cluster, or else the one that kubectl would use. Logs go to standard error.",
            "Prints `operating in NAMESPACE` once it has read the cluster. What hosts run goes on when it stops.",
            "Exit code 1 means that another operator leads now, or that the cluster cannot be reached.",
            "",
            "Examples:",
            "  virga operator --crds | kubectl apply --server-side -f -",
            "  virga operator --nats nats://127.0.0.1:4222",
            "  virga operator --nats nats://nats:4222 --nats-creds operator.creds --leader-election --admin 0.0.0.0:9090",
            "  virga operator --nats nats://nats:4222 --watch-namespace shop --host-namespace virga-hosts --no-secrets"
        })
public final class OperatorCommand implements Callable<Integer> {

    @Option(names = "--nats", paramLabel = "URL", description = "The NATS server at which hosts report.")
    private Optional<String> url;

    @Option(names = "--nats-creds", paramLabel = "FILE", description = "Credentials for that server.")
    private Optional<Path> credentials;

    @Option(
            names = "--nats-setting",
            paramLabel = "KEY=VALUE",
            description = "Another setting of that connection, for example nkey=FILE or tlsCa=FILE; others see command "
                    + "lines, so secrets belong into files. May be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Keep Host objects and the Lease here (default: the pod's namespace, or kubectl's).")
    private Optional<String> namespace;

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAME",
            description = "Look after the workloads of this namespace (default: of all). May be given several times.")
    private Set<String> namespaces = new LinkedHashSet<>();

    @Option(
            names = "--host-namespace",
            paramLabel = "NAME",
            description = "Hosts run in pods of this namespace: one whose pod is deleted drains, and is given up at once "
                    + "when the pod is gone. May be given several times.")
    private Set<String> hostNamespaces = new LinkedHashSet<>();

    @Option(
            names = "--no-secrets",
            description = "Read no Secrets: workloads that name one wait for ever. The operator needs no right to then.")
    private boolean noSecrets;

    @Option(
            names = "--no-shared-hosts",
            description = "Place workloads only on hosts whose environment is the workload's namespace.")
    private boolean noSharedHosts;

    @Option(
            names = "--leader-election",
            description = "Act only while holding the Lease virga-operator, so that several can stand by.")
    private boolean election;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Answer /metrics, /healthz and /readyz here, over plain HTTP (default: nowhere).")
    private Optional<InetSocketAddress> admin;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Log on standard error as text or json (default: ${DEFAULT-VALUE}).")
    private LogFormat logFormat;

    @Option(
            names = "--crds",
            description = "Print the definitions of the custom resources, for `kubectl apply --server-side -f -`, and end.")
    private boolean crds;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public OperatorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (crds) {
            console.out().print(Yaml.print(List.copyOf(Crds.all().values())));
            return ExitCode.OK;
        }
        String server = url.orElseThrow(() -> new CliException.Usage("where do hosts report? Add --nats URL"));
        String identity = Optional.ofNullable(System.getenv("POD_NAME")).orElseGet(() -> UUID.randomUUID().toString());
        Config config = Config.autoConfigure(null);
        try (Telemetry telemetry = telemetry(identity);
                KubernetesClient client = Clients.open(config)) {
            return operate(telemetry, client, settings(server, identity, config));
        } catch (OperatorException | KubernetesClientException e) {
            throw new CliException.Failed("the cluster at " + config.getMasterUrl() + " cannot be looked after: " + reason(e)
                    + "; see whether it can be reached, has the definitions of --crds, and grants what is needed");
        } catch (HostException | PluginException | TelemetryException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    private int operate(Telemetry telemetry, KubernetesClient client, OperatorSettings operator) {
        UntilTold life = new UntilTold();
        AtomicBoolean lost = new AtomicBoolean();
        OperatorServer running = new OperatorServer(
                operator, client, line -> telemetry.log().line(LogLevel.INFO, line), () -> {
                    lost.set(true);
                    life.stop();
                });
        String where = operator.namespace(); // a DNS label
        life.keep(console, running::close, output.json() ? "{\"namespace\":\"" + where + "\"}" : "operating in " + where);
        return lost.get() ? ExitCode.FAILED : ExitCode.OK;
    }

    private OperatorSettings settings(String server, String identity, Config config) {
        Settings nats = new Settings(settings).with("url", server);
        return new OperatorSettings(
                namespace.or(() -> Optional.ofNullable(config.getNamespace())).orElse("default"),
                namespaces,
                hostNamespaces,
                !noSecrets,
                credentials.map(file -> nats.with("creds", file.toString())).orElse(nats),
                !noSharedHosts,
                election ? Optional.of(identity) : Optional.empty(),
                admin,
                Patience.DEFAULT,
                Timing.DEFAULT);
    }

    private Telemetry telemetry(String identity) {
        return Telemetry.open(new TelemetrySettings(
                identity, Map.of(), console.err(), logFormat, LogLimits.DEFAULT, AuditSettings.DEFAULT));
    }

    /** The innermost text, which the API server or the network has given. */
    private static String reason(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage();
    }
}
