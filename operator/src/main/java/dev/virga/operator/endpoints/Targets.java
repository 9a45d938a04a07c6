package dev.virga.operator.endpoints;

import dev.virga.operator.endpoints.Target.State;
import dev.virga.operator.hosts.Host;
import dev.virga.operator.placement.HostCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Makes targets of workloads and of the hosts that they are on. Several workloads of one host are one target. */
final class Targets {

    /** A target, but for whether it gets requests. */
    private record Found(Host host, Optional<Pod> pod, Replica.State state) {

        boolean isSilent() {
            return host.view().condition() == HostCondition.SILENT;
        }

        boolean isTerminating() {
            return state == Replica.State.ENDING
                    || host.view().condition() == HostCondition.DRAINING
                    || pod.map(p -> p.getMetadata().getDeletionTimestamp() != null).orElse(false);
        }
    }

    private Targets() {}

    /**
     * Finds them. A host that is silent gets requests only if else none would.
     *
     * @param hosts all that have reported
     * @param pods those that hosts may be in; a host in none of them has an IP address for its hostname
     */
    static List<Target> of(Collection<Replica> replicas, Collection<Host> hosts, Collection<Pod> pods) {
        Map<String, Replica.State> best = new HashMap<>();
        replicas.forEach(r -> best.merge(r.host(), r.state(), BinaryOperator.minBy(Comparator.naturalOrder())));
        List<Found> found = new ArrayList<>();
        for (Host host : hosts) {
            Replica.State state = best.get(host.id());
            if (state != null && host.heartbeat().httpPort() > 0) {
                Optional<Pod> pod = pods.stream().filter(p -> isIn(host.heartbeat().hostname(), p)).findFirst();
                boolean ready = pod.map(Targets::isReady).orElse(true);
                found.add(new Found(host, pod, ready ? state : Replica.State.NOT_READY));
            }
        }
        boolean others = found.stream().anyMatch(f -> f.state() == Replica.State.READY && !f.isSilent());
        return found.stream().map(f -> target(f, others)).toList();
    }

    private static Target target(Found found, boolean others) {
        State state = State.NOT_READY;
        if (found.state() != Replica.State.NOT_READY && !(found.isSilent() && others)) {
            state = found.isTerminating() ? State.TERMINATING : State.READY;
        }
        return new Target(
                addresses(found),
                found.host().heartbeat().httpPort(),
                state,
                found.pod().map(p -> p.getSpec().getNodeName()),
                found.host().view().zone());
    }

    private static List<String> addresses(Found found) {
        return found.pod().map(Targets::addresses).orElse(List.of(found.host().heartbeat().hostname()));
    }

    private static List<String> addresses(Pod pod) {
        List<String> all = status(pod).getPodIPs().stream().map(PodIP::getIp).toList();
        return all.isEmpty() ? Optional.ofNullable(status(pod).getPodIP()).stream().toList() : all;
    }

    /**
     * Hosts tell their pod's address, its hostname or its name. An address of the node is not the pod's alone, and one of
     * a pod that has ended is another's.
     */
    static boolean isIn(String hostname, Pod pod) {
        boolean ownAddress = !Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
        return !hasEnded(pod)
                && (ownAddress && addresses(pod).contains(hostname)
                        || hostname.equals(pod.getSpec().getHostname())
                        || hostname.equals(pod.getMetadata().getName()));
    }

    /** Whether nothing runs in it any more, and nothing will. */
    static boolean hasEnded(Pod pod) {
        return "Failed".equals(status(pod).getPhase()) || "Succeeded".equals(status(pod).getPhase());
    }

    private static boolean isReady(Pod pod) {
        return status(pod).getConditions().stream()
                .filter(c -> c.getType().equals("Ready"))
                .allMatch(c -> c.getStatus().equals("True"));
    }

    private static PodStatus status(Pod pod) {
        return Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    }
}
