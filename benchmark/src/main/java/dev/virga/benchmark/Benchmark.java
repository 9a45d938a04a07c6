package dev.virga.benchmark;

import dev.virga.benchmark.report.Machine;
import dev.virga.benchmark.report.Report;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures what a plan says. */
public final class Benchmark {

    private Benchmark() {}

    /**
     * @param progress is told what is measured now, a line each
     * @throws BenchmarkException if something cannot be measured
     */
    public static Report run(Plan plan, Consumer<String> progress) throws InterruptedException {
        Recorder recorder = new Recorder(progress);
        Machine machine = Machine.here();
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        if (machine.load() > machine.processors() * 0.5) {
            recorder.note("the machine was busy before it began; figures are worse and wider apart for that");
        }
        try (Ending _ = new Ending();
                Workspace workspace = new Workspace(plan.shape(), plan.component())) {
            measure(plan, workspace, recorder);
        } catch (IOException e) {
            throw new BenchmarkException("a connection failed: " + e.getMessage());
        }
        return new Report(
                Report.FORMAT,
                time,
                machine,
                versions(plan),
                plan.settings(),
                Machine.loadAverage(),
                recorder.measures(),
                recorder.curves(),
                recorder.notes());
    }

    private static void measure(Plan plan, Workspace workspace, Recorder recorder)
            throws IOException, InterruptedException {
        boolean tails = plan.groups().contains(Group.MEMORY) || plan.groups().contains(Group.NEIGHBOURS);
        if (tails && plan.duration().toMillis() < 5000) {
            recorder.note("memory, neighbours: with loads this short two requests or so lie beyond each p99; a longer "
                    + "--duration has more");
        }
        if (plan.groups().contains(Group.SIZE)) {
            Sizes.run(plan, workspace, recorder);
        }
        if (plan.groups().contains(Group.STARTUP)) {
            new Startup(plan, workspace, recorder).run();
        }
        if (plan.groups().contains(Group.LATENCY)) {
            new Latency(plan, workspace, recorder).run();
        }
        if (plan.groups().contains(Group.MEMORY)) {
            new MemoryUse(plan, workspace, recorder).run();
        }
        if (plan.groups().contains(Group.NEIGHBOURS)) {
            new Neighbours(plan, workspace, recorder).run();
        }
        if (plan.groups().contains(Group.TRANSPORT)) {
            new Transports(plan, workspace, recorder).run();
        }
    }

    private static Map<String, String> versions(Plan plan) throws InterruptedException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("virga", plan.version());
        if (!plan.against().isEmpty()) {
            versions.put("other", firstLine(List.of(plan.against().getFirst(), "--version")));
        }
        return versions;
    }

    /** What a program says of itself; many servers know {@code --version}. */
    private static String firstLine(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "unknown";
            }
            String text = new String(process.getInputStream().readNBytes(1000), java.nio.charset.StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? text.lines().findFirst().orElse("unknown") : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
