package dev.virga.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.benchmark.load.Target;
import dev.virga.host.control.ControlClient;
import dev.virga.host.control.ControlException;
import dev.virga.host.manifest.Kind;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code virga host} in a process of its own. */
final class Node implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(120);

    private final InetSocketAddress address = ServerProcess.loopback(ServerProcess.freePort());
    private final ServerProcess process;
    private final ControlClient control;

    /**
     * @param jvm options for the JVM
     * @param cache where compiled code lies
     * @param flags more of them
     */
    Node(Plan plan, Workspace workspace, List<String> jvm, Path cache, List<String> flags) throws InterruptedException {
        Path data = workspace.fresh();
        List<String> more = new ArrayList<>(List.of(
                "--data", data.toString(), "--image-dir", workspace.guests().toString(), "--audit", "off", "--grace", "2s"));
        more.addAll(flags);
        process = new ServerProcess(
                command(plan, jvm, "host", address, more), Map.of("XDG_CACHE_HOME", cache.toString()));
        try {
            process.awaitAccepts(address);
            control = new ControlClient(data);
        } catch (RuntimeException | InterruptedException | Error e) {
            process.close();
            throw e;
        }
    }

    /** Options for the JVM stand before all others. */
    static List<String> command(Plan plan, List<String> jvm, String word, InetSocketAddress address, List<String> more) {
        List<String> command = new ArrayList<>(plan.virga());
        command.addAll(1, jvm);
        command.addAll(List.of(word, "--addr", "127.0.0.1:" + address.getPort()));
        command.addAll(more);
        return command;
    }

    ServerProcess process() {
        return process;
    }

    /** A request to a workload. */
    Target target(Request request, String workload) {
        return request.to(address, workload + ".test");
    }

    /** Applies manifests and waits until all that was ever applied runs, or sleeps again. */
    void apply(String manifests) throws InterruptedException {
        try {
            control.apply(manifests);
        } catch (ControlException.Refused e) {
            throw new BenchmarkException("the host refuses the workload: " + e.getMessage() + " " + e.problems());
        } catch (ControlException e) {
            throw failed(e);
        }
        await(Set.of("Running", "Asleep"));
    }

    void awaitAsleep() throws InterruptedException {
        await(Set.of("Asleep"));
    }

    private BenchmarkException failed(ControlException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return process.failed(e.getMessage());
    }

    /** Waits until all objects are in one of these phases. */
    private void await(Set<String> phases) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            JsonNode state = control.objects(Map.of());
            while (!all(state, phases, System.nanoTime() > end)) {
                state = control.objects(Map.of("after", state.path("changes").asText(), "wait", "5"));
            }
        } catch (ControlException e) {
            throw failed(e);
        }
    }

    private static boolean all(JsonNode state, Set<String> phases, boolean late) {
        boolean all = true;
        for (JsonNode object : state.path("objects")) {
            String now = object.path("status").path("phase").asText();
            all &= phases.contains(now);
            if (now.equals("Error") || now.equals("Degraded") || late && !phases.contains(now)) {
                throw new BenchmarkException("the workload " + object.path("metadata").path("name").asText() + " is " + now
                        + ", not " + String.join(" or ", phases) + ": " + object.path("status").path("message").asText());
            }
        }
        return all;
    }

    void delete(String workload) throws InterruptedException {
        try {
            control.delete(Kind.WORKLOAD_DEPLOYMENT, "default", workload);
        } catch (ControlException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try (process) {
            control.close();
        }
    }
}
