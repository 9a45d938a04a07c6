package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.Egress;
import dev.virga.host.manifest.EgressAddresses;
import dev.virga.host.manifest.HostPattern;
import dev.virga.host.manifest.LocalResources;
import dev.virga.host.manifest.LoopbackPort;
import dev.virga.host.manifest.PortRange;
import dev.virga.host.manifest.ResolvedConfig;
import dev.virga.wasi.HostGrant;
import dev.virga.wasi.NamePattern;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.sockets.VirtualLoopback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a component's {@code localResources} grant it. */
final class Grants {

    /** Each port of a range is a grant of its own. */
    private static final int MOST_PORTS = 100;

    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    private final String namespace;
    private final ConfigSources sources;
    private final HostPolicy policy;
    private final Volumes volumes;
    private final VirtualLoopback loopback;

    Grants(
            String namespace,
            ConfigSources sources,
            HostPolicy policy,
            Volumes volumes,
            VirtualLoopback loopback) {
        this.namespace = namespace;
        this.sources = sources;
        this.policy = policy;
        this.volumes = volumes;
        this.loopback = loopback;
    }

    /**
     * @throws HostException.Refused if the host does not allow something of it
     * @throws dev.virga.host.manifest.ConfigException if settings are missing
     */
    WasiGrants of(LocalResources resources, Egress egress) {
        WasiGrants grants = WasiGrants.NONE.with(loopback);
        ResolvedConfig environment = ResolvedConfig.of(resources.environment(), namespace, sources);
        grants = grants.withVariables(environment.values());
        for (var mount : resources.volumeMounts()) {
            grants = grants.with(volumes.preopen(mount));
        }
        for (HostPattern host : resources.allowedHosts()) {
            grants = grants.with(host(host));
        }
        for (var lookup : resources.allowedIpNameLookups()) {
            grants = grants.withNameLookup(new NamePattern(lookup.text()));
        }
        for (LoopbackPort port : resources.allowedHostLoopbackPorts()) {
            grants = grants.with(loopbackPort(port));
        }
        if (!resources.allowedHosts().isEmpty()) { // whoever may reach nothing reaches no range either
            for (EgressAddresses addresses : egress.addresses()) {
                for (HostGrant grant : ranges(addresses)) {
                    grants = grants.with(grant);
                }
            }
        }
        return grants;
    }

    private static HostGrant host(HostPattern pattern) {
        Optional<Integer> port = pattern.port().or(() -> pattern.scheme().map(PORTS::get));
        return HostGrant.parse(pattern.scheme().map(s -> s + "://").orElse("")
                + (pattern.subdomains() ? "*." : "") + pattern.host()
                + port.map(p -> ":" + p).orElse(""));
    }

    private SocketGrant loopbackPort(LoopbackPort port) {
        if (!policy.hostLoopback()) {
            throw new HostException.Refused("allowedHostLoopbackPorts: this host opens no ports of its loopback to"
                    + " workloads; its operator can with --allow-host-loopback");
        }
        return SocketGrant.hostLoopback(port.toString());
    }

    private static List<HostGrant> ranges(EgressAddresses addresses) {
        String range = addresses.cidr().toString();
        String host = range.contains(":") ? "[" + range + "]" : range;
        if (addresses.ports().isEmpty()) {
            return List.of(HostGrant.parse(host));
        }
        List<HostGrant> grants = new ArrayList<>();
        for (PortRange ports : addresses.ports()) {
            for (int port = ports.first(); port <= ports.last(); port++) {
                grants.add(HostGrant.parse(host + ":" + port));
                if (grants.size() > MOST_PORTS) {
                    throw new HostException.Refused("egress: more than " + MOST_PORTS + " ports for " + range
                            + "; leave the ports out to allow all of them");
                }
            }
        }
        return grants;
    }
}
