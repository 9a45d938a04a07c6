package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.operator.hosts.Patience;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.Described;
import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.Status;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator with a cluster for it, a real NATS server, and hosts that run nothing; a namespace for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class OperatorFixture {

    static final String SYSTEM = "virga-system";
    private static final int PATIENCE_SECONDS = 20;
    private static final AtomicInteger NEXT = new AtomicInteger();
    static final Timing TIMING = new Timing(
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final Patience PATIENCE =
            new Patience(SimulatedHost.INTERVAL, 3, Duration.ofMillis(500), 0.9);

    private Cluster cluster;
    private GarbageCollector garbage;
    NatsServer nats;
    KubernetesClient client;
    OperatorServer operator;
    final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    String namespace;

    /** Nothing where there is none. */
    abstract Optional<Cluster> cluster(Path folder) throws IOException;

    @BeforeAll
    void startCluster(@TempDir Path folder) throws Exception {
        Optional<Cluster> there = cluster(folder);
        if (there.isEmpty()) {
            return;
        }
        cluster = there.get();
        client = cluster.client();
        garbage = new GarbageCollector(client);
        nats = new NatsServer(Files.createDirectories(folder.resolve("nats")));
        if (client.namespaces().withName(SYSTEM).get() == null) { // another test's, on the same server
            create(SYSTEM);
        }
    }

    @AfterAll
    void stopCluster() throws Exception {
        if (nats != null) {
            nats.close();
        }
        if (garbage != null) {
            garbage.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        assumeTrue(cluster != null, "there is no API server: KUBEBUILDER_ASSETS names none");
        namespace = "test-" + NEXT.incrementAndGet();
        create(namespace);
        operator = operator();
        host("a");
        host("b");
        host("c");
    }

    @AfterEach
    void stop() {
        if (operator == null) {
            return;
        }
        client.resources(DeploymentObject.class).inNamespace(namespace).delete();
        try {
            until(() -> {
                // Again and again, as a cluster does: the mock server may lose a deletion to another write.
                workloads().stream().filter(w -> !w.isMarkedForDeletion()).forEach(w -> client.resource(w).delete());
                return workloads().isEmpty();
            });
        } finally {
            operator.close();
            hosts.forEach(SimulatedHost::close);
            hosts.clear();
        }
        client.resources(HostObject.class).inNamespace(SYSTEM).list().getItems().forEach(h -> {
            h.getMetadata().setFinalizers(List.of());
            client.resource(h).update();
            client.resource(h).delete();
        });
    }

    void create(String name) {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
    }

    OperatorServer operator() {
        return new OperatorServer(
                new OperatorSettings(
                        SYSTEM, Set.of(), Set.of(), true, new Settings(Map.of("url", nats.url())), true, Optional.empty(),
                        Optional.empty(), PATIENCE, TIMING),
                client,
                log::add,
                () -> {});
    }

    SimulatedHost host(String name) throws Exception {
        SimulatedHost host = new SimulatedHost(
                nats.url(), name + "-" + namespace, Map.of("hostgroup", "default", "test", namespace));
        hosts.add(host);
        return host;
    }

    /** For whoever has to find out why. */
    String state() {
        StringBuilder all = new StringBuilder(String.join("\n", log)).append('\n');
        for (Class<? extends Described<?>> kind : List.of(DeploymentObject.class, ReplicaSetObject.class, WorkloadObject.class)) {
            client.resources(kind).inNamespace(namespace).list().getItems().forEach(o -> all.append(o.getKind())
                    .append(' ').append(o.id()).append(' ').append(o.field("replicas")).append(' ')
                    .append(o.getMetadata().getGeneration()).append(' ')
                    .append(o.getMetadata().getDeletionTimestamp()).append(' ').append(o.getStatus()).append('\n'));
        }
        return all.toString();
    }

    // What there is.

    String deployment(String name, int replicas, String tag, String more) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s, namespace: %s, labels: {app: shop}}
                spec:
                  replicas: %d
                  template:
                    labels: {tier: web}
                    spec:
                      hostSelector: {test: %s}
                      components:
                        - {name: api, image: "registry.local/shop:%s"}
                %s""".formatted(name, namespace, replicas, namespace, tag, more);
    }

    String workload(String name, String more) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: %s, namespace: %s}
                spec:
                  hostSelector: {test: %s}
                  components:
                    - {name: api, image: "registry.local/shop:1", %s}
                """.formatted(name, namespace, namespace, more);
    }

    void apply(String yaml) {
        HasMetadata object = client.getKubernetesSerialization().unmarshal(yaml);
        Writes writes = new Writes(client);
        writes.apply("kubectl", object);
    }

    <T extends HasMetadata> T until(Class<T> type, String name, Predicate<T> condition) {
        try {
            return client.resources(type)
                    .inNamespace(namespace)
                    .withName(name)
                    .waitUntilCondition(o -> o != null && condition.test(o), PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new AssertionError("it does not come to that: " + state(), e);
        }
    }

    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "it does not come to that: " + state());
            LockSupport.parkNanos(20_000_000); // hosts tell nobody what they run
        }
    }

    DeploymentObject ready(String name) {
        return until(DeploymentObject.class, name, d -> current(d) && d.status().isReady());
    }

    static boolean current(Described<?> object) {
        Status status = object.getStatus();
        return status != null && !status.conditions().isEmpty() && status.conditions().stream()
                .allMatch(c -> c.observedGeneration() == object.getMetadata().getGeneration());
    }

    List<WorkloadObject> workloads() {
        return client.resources(WorkloadObject.class).inNamespace(namespace).list().getItems();
    }

    List<ReplicaSetObject> sets() {
        return client.resources(ReplicaSetObject.class).inNamespace(namespace).list().getItems();
    }

    long running(String tag) {
        return hosts.stream()
                .flatMap(h -> h.running().values().stream())
                .filter(r -> image(r).endsWith(":" + tag))
                .count();
    }

    static String image(WorkloadStartRequest request) {
        return request.workload().orElseThrow().witWorld().orElseThrow().components().getFirst().image();
    }

    static List<String> types(Status status) {
        return status.conditions().stream().map(Condition::type).toList();
    }

    /** How often hosts were asked for the status of a workload. */
    int looks() {
        return hosts.stream().mapToInt(SimulatedHost::looks).sum();
    }
}
