package dev.virga.benchmark;

import com.sun.net.httpserver.HttpServer;
import dev.virga.benchmark.load.HttpConnection;
import dev.virga.benchmark.load.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a call out of a component costs, as the component sees it: to one beside it, over NATS, and by HTTP. */
final class Transports {

    private static final int CALLS = 1000;
    private static final int BYTES = 64;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Plan plan;
    private final Workspace workspace;
    private final Recorder recorder;

    Transports(Plan plan, Workspace workspace, Recorder recorder) {
        this.plan = plan;
        this.workspace = workspace;
        this.recorder = recorder;
    }

    void run() throws IOException, InterruptedException {
        recorder.now("transport");
        Optional<Path> nats = natsServer();
        if (nats.isEmpty()) {
            recorder.note("transport: a call over NATS was not measured: there is no nats-server on the PATH");
            hosts(List.of());
            return;
        }
        int port = ServerProcess.freePort();
        try (ServerProcess server = new ServerProcess(
                List.of(nats.get().toString(), "-a", "127.0.0.1", "-p", Integer.toString(port)), Map.of())) {
            server.awaitAccepts(ServerProcess.loopback(port));
            hosts(List.of("--links", "nats://127.0.0.1:" + port));
        }
    }

    private static Optional<Path> natsServer() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)),
                        Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param links flags for NATS, or none */
    private void hosts(List<String> links) throws IOException, InterruptedException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            web.setExecutor(threads);
            web.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, BYTES);
                    exchange.getResponseBody().write(new byte[BYTES]);
                }
            });
            web.start();
            List<String> flags = new ArrayList<>(List.of("--allow-host-loopback"));
            flags.addAll(links);
            Path cache = workspace.fresh();
            try (Node callers = new Node(plan, workspace, List.of(), cache, flags);
                    Node callees = new Node(plan, workspace, List.of(), cache, flags)) {
                measure(callers, callees, web.getAddress().getPort(), !links.isEmpty());
            } finally {
                web.stop(0);
            }
        }
    }

    private void measure(Node callers, Node callees, int web, boolean nats) throws IOException, InterruptedException {
        String callee = component("callee", workspace.guest("callee"), "");
        callers.apply(caller("near", callee, "", web));
        if (nats) {
            callees.apply(workload("far", callee, "serves: [{interface: \"virga:benchmark/echo@0.1.0\", to: [default]}]"));
            callers.apply(caller("over", "", "links: [{interface: \"virga:benchmark/echo@0.1.0\", to: {namespace: default, "
                    + "workload: far, component: callee}, deadline: 10s}],", web));
        }
        String call = "/call?" + CALLS + "," + BYTES;
        String fetch = "/fetch?" + CALLS + ",127.0.0.1:" + web + "/";
        for (int i = 0; i <= plan.repeats(); i++) {
            recorder.now("transport: " + i + " of " + plan.repeats());
            boolean counts = i > 0; // the first warms up
            ask(callers, "near", call, "call in the same process", counts);
            if (nats) {
                ask(callers, "over", call, "call to another host over NATS", counts);
            }
            ask(callers, "near", fetch, "HTTP request to a server", counts);
        }
    }

    private static String component(String name, Path file, String resources) {
        return "        - {name: " + name + ", image: \"file:" + file + "\"" + resources + "}\n";
    }

    private String caller(String name, String sibling, String links, int web) {
        String resources = ", localResources: {allowedHosts: [\"127.0.0.1:" + web + "\"], allowedHostLoopbackPorts: [\""
                + web + "\"]}";
        return workload(name, component("caller", workspace.guest("caller"), resources) + sibling,
                links + "ingress: {routes: [{host: " + name + ".test, component: caller}]}, requestTimeout: 60s, "
                        + "limits: {cpu: {deadline: 60s}}");
    }

    private static String workload(String name, String components, String settings) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s}
                spec:
                  replicas: 1
                  template:
                    spec:
                      hostInterfaces:
                        - {namespace: wasi, package: http, interfaces: [incoming-handler]}
                      components:
                %svirga: {%s}
                """.formatted(name, components, settings);
    }

    private void ask(Node node, String workload, String path, String name, boolean counts) throws IOException {
        Target target = node.target(new Request("GET", path, Map.of(), new byte[0]), workload);
        Histogram nanos = new Histogram(3);
        try (HttpConnection connection = new HttpConnection(target.address(), PATIENCE)) {
            HttpConnection.Answer answer = connection.exchange(target.request(), LONGEST_ANSWER);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            if (!answer.good()) {
                throw new BenchmarkException("a " + name + " fails: " + text.strip());
            }
            text.lines().forEach(line -> nanos.recordValue(Long.parseLong(line)));
        }
        if (counts) {
            recorder.less(Group.TRANSPORT, name + ", p50", Recorder.VIRGA, "µs", nanos.getValueAtPercentile(50) / 1e3);
            recorder.less(Group.TRANSPORT, name + ", p99", Recorder.VIRGA, "µs", nanos.getValueAtPercentile(99) / 1e3);
        }
    }
}
