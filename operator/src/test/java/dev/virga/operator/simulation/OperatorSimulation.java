package dev.virga.operator.simulation;

import dev.virga.operator.ApiServer;
import dev.virga.operator.OperatorServer;
import dev.virga.operator.OperatorSettings;
import dev.virga.operator.Timing;
import dev.virga.operator.hosts.Patience;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole operator at the size of a large cluster: a real API server, a real NATS server, hosts that run nothing.
 * {@code FOLDER HOSTS WORKLOADS NEW}. {@code KUBEBUILDER_ASSETS} names the API server's folder.
 */
final class OperatorSimulation implements AutoCloseable {

    private static final int REPLICAS = 10;
    private static final double MIB = 1 << 20;
    private static final long LOOK = 250;
    private static final int APPLIED_AT_A_TIME = 16;

    private final ApiServer cluster;
    private final NatsServer nats;
    private final Process hosts;
    private OperatorServer operator;

    private OperatorSimulation(Path folder, int count) throws Exception {
        cluster = ApiServer.withKinds(folder.resolve("api"));
        nats = new NatsServer(Files.createDirectories(folder.resolve("nats")));
        for (String name : new String[] {"virga-system", "acme"}) {
            client().resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
        }
        hosts = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-Xmx1g", "-cp",
                        System.getProperty("java.class.path"), SimulatedHosts.class.getName(), nats.url(),
                        Integer.toString(count), Long.toString(Patience.DEFAULT.interval().toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        operator = operator();
    }

    static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        try (OperatorSimulation simulation = new OperatorSimulation(Path.of(arguments[0]), count)) {
            simulation.run(count, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        }
        System.exit(0);
    }

    private void run(int count, int workloads, int more) throws Exception {
        System.out.printf("%d processors, JDK %s%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
        await("virga_operator_hosts{condition=\"ready\"}", count);
        System.out.printf("%d hosts known: %.0f MiB of heap%n", count, heap());
        deploy("old", workloads, workloads);
        System.out.printf("heap with them: %.0f MiB, resident %.0f MiB%n", heap(), resident());
        deploy("new", more, workloads + more);
        long begun = System.nanoTime();
        operator.close();
        operator = operator();
        System.out.printf("an operator that starts has read all after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        await("virga_operator_workloads{state=\"ready\"}", workloads + more);
        System.out.printf("and knows all to run after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        System.out.printf("heap: %.0f MiB, resident %.0f MiB%n", heap(), resident());
    }

    private void deploy(String name, int workloads, int total) throws Exception {
        double calls = calls();
        double looks = metric("virga_operator_reconciliations_total");
        long begun = System.nanoTime();
        Semaphore free = new Semaphore(APPLIED_AT_A_TIME);
        for (int i = 0; i < workloads / REPLICAS; i++) {
            String manifest = manifest(name, i);
            free.acquire();
            Thread.ofVirtual().start(() -> {
                client().resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class)).create();
                free.release();
            });
        }
        free.acquire(APPLIED_AT_A_TIME);
        double applied = (System.nanoTime() - begun) / 1e9;
        await("virga_operator_workloads{state=\"ready\"}", total);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%d workloads of %d deployments run after %.1f s (applied after %.1f s): %.0f a second, %.1f API calls each,"
                        + " %.0f looks a second%n",
                workloads, workloads / REPLICAS, seconds, applied, workloads / seconds,
                (calls() - calls - workloads / REPLICAS) / workloads,
                (metric("virga_operator_reconciliations_total") - looks) / seconds);
    }

    private static String manifest(String name, int number) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s-%d, namespace: acme}
                spec:
                  replicas: %d
                  template:
                    spec:
                      components:
                        - name: api
                          image: registry.example/api:1
                          localResources: {environment: {config: {A: "1", B: "2"}}}
                      hostInterfaces:
                        - {namespace: wasi, package: keyvalue, version: 0.2.0-draft, interfaces: [store]}
                virga: {requests: {memory: 32Mi, cpu: 20m}}
                """
                .formatted(name, number, REPLICAS);
    }

    /** Writes that the API server has seen, of anybody. */
    private double calls() {
        String metrics = client().raw("/metrics");
        return metrics.lines()
                .filter(l -> l.startsWith("apiserver_request_total") && l.matches(".*verb=\"(APPLY|POST|PUT|PATCH|DELETE)\".*"))
                .filter(l -> l.contains("runtime.wasmcloud.dev") || l.contains("resource=\"events\""))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    private OperatorServer operator() {
        return new OperatorServer(
                new OperatorSettings(
                        "virga-system", Set.of(), Set.of(), true, new Settings(Map.of("url", nats.url())), true,
                        Optional.empty(), Optional.of(new InetSocketAddress("127.0.0.1", 0)), Patience.DEFAULT, Timing.DEFAULT),
                client(),
                System.err::println,
                () -> {});
    }

    private void await(String metric, double value) throws Exception {
        while (metric(metric) < value) {
            Thread.sleep(LOOK);
        }
    }

    /** The sum of a metric's points whose text begins so. */
    private double metric(String start) throws IOException, InterruptedException {
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(operator.admin().orElseThrow().resolve("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(l -> l.startsWith(start))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    private static double resident() throws IOException {
        Matcher kib = Pattern.compile("VmRSS:\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/self/status")));
        return kib.find() ? Long.parseLong(kib.group(1)) / 1024.0 : 0;
    }

    private KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public void close() throws Exception {
        operator.close();
        hosts.destroyForcibly();
        nats.close();
        cluster.close();
    }
}
