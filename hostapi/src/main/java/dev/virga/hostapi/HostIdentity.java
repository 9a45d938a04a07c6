package dev.virga.hostapi;

import dev.virga.host.HostException;
import dev.virga.host.HostPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * As whom schedulers know a host.
 *
 * @param id part of the subjects that reach it: letters, digits, - and _
 * @param name of the object that a cluster has of it: letters, digits and - as Kubernetes has them
 * @param hostname its address, or a name that a cluster knows the address of
 * @param version of Virga
 * @param labels for {@code hostSelector}
 * @param environment for {@code environment}
 */
public record HostIdentity(
        String id,
        String name,
        String hostname,
        String version,
        Map<String, String> labels,
        Optional<String> environment) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String GROUP = "hostgroup";

    /** @throws HostException.Refused if the id or the name is not of its form */
    public HostIdentity {
        if (!ID.matcher(id).matches()) {
            throw new HostException.Refused("a host's id has 1 to 64 letters, digits, - and _, not: " + id);
        }
        if (!NAME.matcher(name).matches()) {
            throw new HostException.Refused("a host's name has 1 to 63 small letters, digits and -, not: " + name);
        }
        labels = Map.copyOf(labels);
    }

    /**
     * With an id and a name of this start only: wasmCloud's operator takes no heartbeats of an id whose host it has
     * given up, and has workloads of another id replaced at once, where it would ask the same id for them.
     *
     * @param hostname the machine's if it is empty
     */
    public static HostIdentity ofThisStart(HostPolicy policy, Optional<String> hostname, String version) {
        String id = UUID.randomUUID().toString();
        Map<String, String> labels = new TreeMap<>(policy.labels());
        labels.putIfAbsent(GROUP, "default");
        return new HostIdentity(
                id, "virga-" + id, hostname.orElseGet(HostIdentity::machine), version, labels, policy.environment());
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
