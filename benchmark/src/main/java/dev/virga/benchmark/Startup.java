package dev.virga.benchmark;

import dev.virga.benchmark.load.HttpConnection;
import dev.virga.benchmark.load.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How long it takes until a first request is answered, from different states. */
final class Startup {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IDLE = "50ms";

    private final Plan plan;
    private final Workspace workspace;
    private final Recorder recorder;

    Startup(Plan plan, Workspace workspace, Recorder recorder) {
        this.plan = plan;
        this.workspace = workspace;
        this.recorder = recorder;
    }

    void run() throws IOException, InterruptedException {
        if (plan.shape().isHttp()) {
            processes();
        } else {
            recorder.note("startup: starts of processes are measured of shapes of HTTP only; `virga serve` has no messages");
        }
        scaledToZero();
    }

    /** Both servers in turns, each time a new process. */
    private void processes() throws IOException, InterruptedException {
        Path filled = workspace.fresh();
        for (int i = 0; i <= plan.starts(); i++) {
            recorder.now("startup: processes, " + i + " of " + plan.starts());
            boolean counts = i > 0; // the first of each fills caches, the file system's too
            virga(workspace.fresh(), "process, nothing cached", counts);
            virga(filled, "process, code on disk", counts);
            if (!plan.against().isEmpty()) {
                other(counts);
            }
        }
    }

    private void virga(Path cache, String name, boolean counts) throws IOException, InterruptedException {
        InetSocketAddress address = ServerProcess.loopback(ServerProcess.freePort());
        List<String> command = Node.command(
                plan, List.of(), "serve", address, List.of(workspace.component().toString()));
        long begun = System.nanoTime();
        try (ServerProcess process = new ServerProcess(command, Map.of("XDG_CACHE_HOME", cache.toString()))) {
            Target target = plan.request().to(address, "127.0.0.1:" + address.getPort());
            firstAnswers(process, target, begun, name, Recorder.VIRGA, counts);
        }
    }

    /** Where it keeps compiled code is its own business, so that there is only one kind of start. */
    private void other(boolean counts) throws IOException, InterruptedException {
        InetSocketAddress address = ServerProcess.loopback(ServerProcess.freePort());
        long begun = System.nanoTime();
        try (ServerProcess process = OtherServer.start(plan, workspace.component(), address, Map.of())) {
            Target target = OtherServer.target(plan, address);
            firstAnswers(process, target, begun, "process, code on disk", Recorder.OTHER, counts);
        }
    }

    private void firstAnswers(
            ServerProcess process, Target target, long begun, String name, String server, boolean counts)
            throws IOException, InterruptedException {
        process.awaitAccepts(target.address());
        long accepts = System.nanoTime();
        process.awaitAnswer(target);
        long first = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(target.address(), PATIENCE)) {
            connection.exchange(target.request(), 0);
        }
        long second = System.nanoTime();
        if (counts) {
            recorder.less(Group.STARTUP, name, server, "ms", (first - begun) / 1e6);
            if (!name.contains("nothing")) {
                recorder.less(Group.STARTUP, "first request of a new process", server, "ms", (first - accepts) / 1e6);
                recorder.less(Group.STARTUP, "second request of a new process", server, "ms", (second - first) / 1e6);
            }
        }
    }

    /** A host that is warm; the workload has stopped and starts for the request. */
    private void scaledToZero() throws IOException, InterruptedException {
        try (Node node = new Node(plan, workspace, List.of(), workspace.fresh(), List.of())) {
            Path producer = workspace.guest("producer");
            node.apply(plan.shape().manifest("w", workspace.component(), producer, plan.pool(), ""));
            Target target = node.target(plan.request(), "w");
            node.process().awaitAnswer(target);
            for (int i = 0; i < 20; i++) { // the host itself warms up
                once(target);
            }
            for (int i = 0; i < plan.starts(); i++) {
                recorder.less(Group.STARTUP, "host warm, workload runs", Recorder.VIRGA, "ms", once(target));
            }
            if (!plan.shape().isHttp()) {
                return; // what waits for messages does not rest
            }
            node.apply(plan.shape()
                    .manifest("w", workspace.component(), producer, plan.pool(), "scaleToZero: {idleAfter: " + IDLE + "}"));
            for (int i = 0; i <= plan.starts(); i++) {
                node.awaitAsleep();
                double milliseconds = once(target);
                if (i > 0) {
                    recorder.less(Group.STARTUP, "host warm, scaled to zero", Recorder.VIRGA, "ms", milliseconds);
                }
            }
        }
    }

    /** Milliseconds of a request on a new connection. */
    private static double once(Target target) throws IOException {
        long begun = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(target.address(), PATIENCE)) {
            HttpConnection.Answer answer = connection.exchange(target.request(), 200);
            if (!answer.good()) {
                throw new BenchmarkException("the workload answers " + answer.status() + " "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8).strip());
            }
        }
        return (System.nanoTime() - begun) / 1e6;
    }
}
