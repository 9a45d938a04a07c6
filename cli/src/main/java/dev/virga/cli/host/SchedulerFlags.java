package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.cli.Version;
import dev.virga.host.HostPolicy;
import dev.virga.host.HostServer;
import dev.virga.hostapi.HostApi;
import dev.virga.hostapi.HostIdentity;
import dev.virga.hostapi.Timing;
import dev.virga.plugin.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a scheduler reaches the host. */
final class SchedulerFlags {

    @Option(
            names = {"--scheduler-nats", "--scheduler-nats-url"},
            paramLabel = "URL",
            description = "Let wasmCloud's operator place workloads here, over this NATS server.")
    private Optional<String> url;

    @Option(names = "--scheduler-nats-creds", paramLabel = "FILE", description = "Credentials for that server.")
    private Optional<Path> credentials;

    @Option(
            names = "--scheduler-nats-setting",
            paramLabel = "KEY=VALUE",
            description = "Another setting of that connection, for example nkey=FILE or tlsCa=FILE; others see command "
                    + "lines, so secrets belong into files. May be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"--hostgroup", "--host-group"},
            paramLabel = "NAME",
            description = "The host's label `hostgroup`.")
    private Optional<String> group;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "This host's address for schedulers, such as its pod's IP; by default the machine's name.")
    private Optional<String> hostname;

    /** With the group among the labels. */
    HostPolicy policy(HostPolicy policy) {
        Map<String, String> labels = new LinkedHashMap<>(policy.labels());
        group.ifPresent(name -> labels.put("hostgroup", name));
        return new HostPolicy(
                policy.id(),
                labels,
                policy.environment(),
                policy.hostLoopback(),
                policy.hostPaths(),
                policy.imageRoots(),
                policy.limits(),
                policy.most());
    }

    /** Lets schedulers in, if they are to be. Closed before the server. */
    Optional<HostApi> open(HostServer server, HostPolicy policy) {
        if (url.isEmpty() && (credentials.isPresent() || !settings.isEmpty())) {
            throw new CliException.Usage("settings for a scheduler's NATS server are given, and no server; add"
                    + " --scheduler-nats URL");
        }
        return url.map(address -> new HostApi(
                server, HostIdentity.ofThisStart(policy, hostname, Version.text()), nats(address), Timing.DEFAULT));
    }

    private Settings nats(String server) {
        Settings all = new Settings(settings).with("url", server);
        return credentials.map(file -> all.with("creds", file.toString())).orElse(all);
    }
}
