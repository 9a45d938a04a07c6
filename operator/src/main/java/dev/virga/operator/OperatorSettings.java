package dev.virga.operator;

import dev.virga.operator.hosts.Patience;
import dev.virga.plugin.Settings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * How an operator works.
 *
 * @param namespace of the operator: its Lease and the Host objects are there
 * @param namespaces that it looks after; empty for all
 * @param hostNamespaces where the pods of hosts are
 * @param secrets whether workloads may use Secrets; without, the operator reads none
 * @param nats how to reach the server: the settings of a NATS backend, such as {@code url} and {@code creds}
 * @param sharedHosts whether workloads may run on hosts whose environment is not the workload's namespace
 * @param leader whom this is in the election; without, there is none
 * @param admin where metrics and health are answered
 * @param patience with hosts that are silent
 */
public record OperatorSettings(
        String namespace,
        Set<String> namespaces,
        Set<String> hostNamespaces,
        boolean secrets,
        Settings nats,
        boolean sharedHosts,
        Optional<String> leader,
        Optional<InetSocketAddress> admin,
        Patience patience,
        Timing timing) {

    public OperatorSettings {
        namespaces = Set.copyOf(namespaces);
        hostNamespaces = Set.copyOf(hostNamespaces);
    }
}
