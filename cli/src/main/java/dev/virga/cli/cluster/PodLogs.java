package dev.virga.cli.cluster;

import dev.virga.host.control.ControlException;
import dev.virga.host.manifest.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What workloads log, out of the logs of the pods of the hosts that they are on. */
final class PodLogs {

    private static final String HOSTS_POD = "wasmcloud.com/hostgroup";
    private static final String CONTAINER = "host";

    /** Of a pod, unless fewer are asked for: a pod's log has the lines of all its workloads. */
    private static final int MOST_LINES = 100_000;

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
        HostLine.Printer printer = HostLine.printer(query.getOrDefault("format", "text"));
        Collection<Pod> pods = pods(workloads);
        if (Boolean.parseBoolean(query.get("follow"))) {
            follow(pods, filter, line -> lines.accept(printer.print(line)));
            return;
        }
        List<HostLine> found = new ArrayList<>();
        pods.forEach(pod -> found.addAll(lines(pod, filter)));
        found.sort(Comparator.comparing(HostLine::time));
        int tail = Integer.parseInt(query.getOrDefault("tail", Integer.toString(Integer.MAX_VALUE)));
        found.subList(Math.max(0, found.size() - tail), found.size()).forEach(line -> lines.accept(printer.print(line)));
    }

    /** The workload of that name, those of the set, or those of the sets of the deployment. */
    private List<GenericKubernetesResource> workloads(String namespace, String name) {
        Set<String> sets = new HashSet<>();
        objects.list(Kind.WORKLOAD_REPLICA_SET, Optional.of(namespace), Optional.empty()).stream()
                .filter(set -> set.getMetadata().getName().equals(name) || isOf(set, Set.of(name)))
                .forEach(set -> sets.add(set.getMetadata().getName()));
        List<GenericKubernetesResource> found = objects.list(Kind.WORKLOAD, Optional.of(namespace), Optional.empty()).stream()
                .filter(workload -> workload.getMetadata().getName().equals(name) || isOf(workload, sets))
                .toList();
        if (found.isEmpty()) {
            throw new ControlException.Refused("no workload " + namespace + "/" + name + " runs here");
        }
        return found;
    }

    private static boolean isOf(GenericKubernetesResource object, Set<String> owners) {
        return object.getMetadata().getOwnerReferences().stream().map(OwnerReference::getName).anyMatch(owners::contains);
    }

    private Collection<Pod> pods(List<GenericKubernetesResource> workloads) {
        try {
            Map<String, String> addresses = new HashMap<>();
            objects.named(Kind.WORKLOAD.apiVersion(), "Host").inAnyNamespace().list().getItems().forEach(host ->
                    addresses.put(text(host, "hostId"), text(host, "hostname")));
            Set<String> wanted = new HashSet<>(workloads.stream()
                    .map(workload -> addresses.get(text(workload, "status", "hostId")))
                    .filter(Objects::nonNull)
                    .toList());
            return client.pods().inAnyNamespace().withLabel(HOSTS_POD).list().getItems().stream()
                    .filter(pod -> wanted.contains(pod.getMetadata().getName())
                            || wanted.contains(pod.getStatus().getPodIP()))
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

    private List<HostLine> lines(Pod pod, HostLine.Filter filter) {
        List<HostLine> found = new ArrayList<>();
        try (InputStream in = client.pods()
                .resource(pod)
                .inContainer(CONTAINER)
                .tailingLines(MOST_LINES)
                .getLogInputStream()) {
            each(in, filter, found::add);
        } catch (IOException e) {
            throw broken(pod, e);
        }
        return found;
    }

    /** Each pod's as they come; returns when this thread is interrupted or all pods are gone. */
    private void follow(Collection<Pod> pods, HostLine.Filter filter, Consumer<HostLine> lines) {
        List<LogWatch> watches = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        try {
            for (Pod pod : pods) {
                LogWatch watch = client.pods().resource(pod).inContainer(CONTAINER).tailingLines(MOST_LINES).watchLog();
                watches.add(watch);
                readers.add(Thread.ofVirtual().start(() -> {
                    try {
                        each(watch.getOutput(), filter, line -> {
                            synchronized (lines) {
                                lines.accept(line);
                            }
                        });
                    } catch (IOException e) {
                        // the pod is gone, or nobody wants to know any more
                    }
                }));
            }
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.forEach(LogWatch::close);
        }
    }

    private static void each(InputStream in, HostLine.Filter filter, Consumer<HostLine> lines) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            HostLine.read(text).filter(filter::fits).ifPresent(lines);
        }
    }

    private static ControlException.Unreachable broken(Pod pod, IOException e) {
        return new ControlException.Unreachable(
                "the log of pod " + pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName()
                        + " ended while it was read: " + e.getMessage(),
                e);
    }
}
