package dev.virga.benchmark;

import dev.virga.benchmark.load.LoadGenerator;
import dev.virga.benchmark.load.LoadResult;
import dev.virga.benchmark.load.Target;
import dev.virga.benchmark.report.Curve;
import dev.virga.benchmark.report.Statistics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a workload's latency does beside another one whose guests take all the processor time they get. */
final class Neighbours {

    private static final int[] CALLS = {0, 1, 2, 4, 8, 16};
    private static final double RATE = 200;
    private static final String SETTINGS = "limits: {cpu: {deadline: 60s}}, requestTimeout: 60s";
    private static final Request SPIN = new Request("GET", "/spin", Map.of(), new byte[0]);

    private final Plan plan;
    private final Workspace workspace;
    private final Recorder recorder;

    Neighbours(Plan plan, Workspace workspace, Recorder recorder) {
        this.plan = plan;
        this.workspace = workspace;
        this.recorder = recorder;
    }

    void run() throws IOException, InterruptedException {
        try (Node node = new Node(plan, workspace, List.of(), workspace.fresh(), List.of())) {
            node.apply(plan.shape()
                    .manifest("good", workspace.component(), workspace.guest("producer"), plan.pool(), ""));
            Target good = node.target(plan.request(), "good");
            node.process().awaitAnswer(good);
            LoadGenerator load = new LoadGenerator(good, plan.connections());
            load.atSaturation(plan.duration());
            List<Curve.Point> median = new ArrayList<>();
            List<Curve.Point> tail = new ArrayList<>();
            for (int calls : CALLS) {
                recorder.now("neighbours: " + calls + " calls that never end");
                List<Double> p50 = new ArrayList<>();
                List<Double> p99 = new ArrayList<>();
                for (int i = 0; i < plan.repeats(); i++) {
                    LoadResult result = beside(node, calls, load);
                    if (result.answered() > 0) { // else the note says what happened
                        p50.add(result.milliseconds(50));
                        p99.add(result.milliseconds(99));
                    }
                    recorder.less(Group.NEIGHBOURS, "p99 at 200/s beside " + calls + " calls that never end",
                            Recorder.VIRGA, "ms", result.milliseconds(99));
                }
                if (!p50.isEmpty()) {
                    median.add(new Curve.Point(calls, Statistics.quantile(p50, 0.5)));
                    tail.add(new Curve.Point(calls, Statistics.quantile(p99, 0.5)));
                }
            }
            recorder.curve("neighbours", "p50", median);
            recorder.curve("neighbours", "p99", tail);
        }
    }

    private LoadResult beside(Node node, int calls, LoadGenerator load) throws IOException, InterruptedException {
        if (calls == 0) {
            return load.atRate(RATE, plan.duration());
        }
        node.apply(Shape.POLICY.manifest("bad", workspace.guest("policy"), workspace.guest("producer"), 0, SETTINGS));
        Target bad = node.target(SPIN, "bad");
        Thread attack = Thread.ofPlatform().daemon().start(() -> {
            try {
                new LoadGenerator(bad, calls).atSaturation(Duration.ofHours(1));
            } catch (IOException | InterruptedException e) {
                // over
            }
        });
        try {
            LoadResult result = load.atRate(RATE, plan.duration());
            if (result.failed() > 0) {
                recorder.note("neighbours: requests of the good workload failed: " + result.firstFailure());
            }
            return result;
        } finally {
            attack.interrupt();
            node.delete("bad"); // ends its calls
            attack.join();
        }
    }
}
