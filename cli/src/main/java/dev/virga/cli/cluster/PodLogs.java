package dev.virga.cli.cluster;

import dev.virga.host.control.ControlException;
import dev.virga.host.manifest.Kind;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLine;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What workloads log, out of the logs of the pods of the hosts that they are on. */
final class PodLogs {

    private static final String HOSTS_POD = "wasmcloud.com/hostgroup";
    private static final String CONTAINER = "host";

    /** Of a pod: its log has the lines of all its workloads. */
    private static final int MOST_LINES = 100_000;

    /** As many as a host keeps of a workload. */
    private static final int KEPT = 1000;

    private final KubernetesClient client;
    private final ClusterObjects objects;

    PodLogs(KubernetesClient client, ClusterObjects objects) {
        this.client = client;
        this.objects = objects;
    }

    void read(String namespace, String name, Map<String, String> query, Consumer<String> lines) {
        List<GenericKubernetesResource> workloads = workloads(namespace, name);
        Set<String> names = new HashSet<>(workloads.stream().map(w -> w.getMetadata().getName()).toList());
        HostLine.Filter filter = new HostLine.Filter(namespace, names, Optional.ofNullable(query.get("component")));
        LogFormat format = query.getOrDefault("format", "text").equals("json") ? LogFormat.JSON : LogFormat.TEXT;
        int tail = Math.min(KEPT, Integer.parseInt(query.getOrDefault("tail", Integer.toString(KEPT))));
        if (tail < 0) {
            throw new ControlException.Refused("the parameter tail must be a number from 0");
        }
        List<LogLine> found = new ArrayList<>();
        Map<Pod, Instant> seen = new LinkedHashMap<>();
        for (Pod pod : pods(workloads)) {
            ArrayDeque<LogLine> last = last(Math.max(1, tail), pod, filter);
            seen.put(pod, last.isEmpty() ? Instant.EPOCH : last.getLast().time());
            found.addAll(last);
        }
        found.sort(Comparator.comparing(LogLine::time));
        found.subList(Math.max(0, found.size() - tail), found.size()).forEach(line -> lines.accept(format.format(line)));
        if (Boolean.parseBoolean(query.get("follow"))) {
            follow(seen, filter, line -> lines.accept(format.format(line)));
        }
    }

    /** The workload of that name, those of the set, or those of the sets of the deployment. */
    private List<GenericKubernetesResource> workloads(String namespace, String name) {
        Set<String> sets = new HashSet<>();
        objects.list(Kind.WORKLOAD_REPLICA_SET, Optional.of(namespace), Optional.empty()).stream()
                .filter(set -> set.getMetadata().getName().equals(name) || isOf(set, Set.of(name)))
                .forEach(set -> sets.add(set.getMetadata().getName()));
        List<GenericKubernetesResource> found = objects
                .list(Kind.WORKLOAD, Optional.of(namespace), Optional.empty())
                .stream()
                .filter(workload -> workload.getMetadata().getName().equals(name) || isOf(workload, sets))
                .toList();
        if (found.isEmpty()) {
            throw new ControlException.Refused("no workload " + namespace + "/" + name + " runs here");
        }
        return found;
    }

    private static boolean isOf(GenericKubernetesResource object, Set<String> owners) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getName)
                .anyMatch(owners::contains);
    }

    private Collection<Pod> pods(List<GenericKubernetesResource> workloads) {
        try {
            Map<String, String> addresses = new HashMap<>();
            objects.named(Kind.WORKLOAD.apiVersion(), "Host").inAnyNamespace().list().getItems().forEach(host ->
                    addresses.put(text(host, "hostId"), text(host, "hostname")));
            Set<String> wanted = new HashSet<>(workloads.stream()
                    .map(workload -> addresses.getOrDefault(text(workload, "status", "hostId"), ""))
                    .filter(address -> !address.isEmpty())
                    .toList());
            return client.pods().inAnyNamespace().withLabel(HOSTS_POD).list().getItems().stream()
                    .filter(pod -> wanted.contains(pod.getMetadata().getName())
                            || pod.getStatus() != null && wanted.contains(pod.getStatus().getPodIP()))
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                throw new ControlException.Refused("workloads log where their hosts do, and this user may not see hosts"
                        + " and their pods: " + e.getMessage());
            }
            throw e;
        }
    }

    private static String text(GenericKubernetesResource object, Object... path) {
        return object.get(path) instanceof String text ? text : "";
    }

    private ArrayDeque<LogLine> last(int most, Pod pod, HostLine.Filter filter) {
        ArrayDeque<LogLine> found = new ArrayDeque<>();
        try (InputStream in = of(pod).tailingLines(MOST_LINES).getLogInputStream()) {
            each(in, filter::fits, line -> {
                found.addLast(line);
                if (found.size() > most) {
                    found.removeFirst();
                }
            });
        } catch (IOException e) {
            throw broken(pod, e);
        }
        return found;
    }

    private ContainerResource of(Pod pod) {
        return client.pods().resource(pod).inContainer(CONTAINER);
    }

    /** Each pod's as they come; returns when this thread is interrupted or all pods are gone. */
    private void follow(Map<Pod, Instant> seen, HostLine.Filter filter, Consumer<LogLine> lines) {
        List<LogWatch> watches = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        try {
            seen.forEach((pod, before) -> {
                LogWatch watch = of(pod).tailingLines(MOST_LINES).watchLog();
                watches.add(watch);
                readers.add(Thread.ofVirtual().start(() -> {
                    try {
                        each(watch.getOutput(), line -> filter.fits(line) && line.time().isAfter(before), line -> {
                            synchronized (lines) {
                                lines.accept(line);
                            }
                        });
                    } catch (IOException e) {
                        // the pod is gone, or nobody wants to know any more
                    }
                }));
            });
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.forEach(LogWatch::close);
        }
    }

    private static void each(InputStream in, Predicate<LogLine> wanted, Consumer<LogLine> lines) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            HostLine.read(text).filter(wanted).ifPresent(lines);
        }
    }

    private static ControlException.Unreachable broken(Pod pod, IOException e) {
        return new ControlException.Unreachable(
                "the log of pod " + pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName()
                        + " ended while it was read: " + e.getMessage(),
                e);
    }
}
