package dev.virga.benchmark;

import dev.virga.benchmark.load.LoadGenerator;
import dev.virga.benchmark.load.LoadResult;
import dev.virga.benchmark.load.Target;
import dev.virga.benchmark.report.Curve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a node, a workload and an instance hold, and how latency fares with more and more workloads on a node. */
final class MemoryUse {

    /** The heap is of one size and touched at the start, so that what the process grows by is other memory. */
    private static final List<String> FIXED_HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    private static final double MIB = 1 << 20;
    private static final double KIB = 1 << 10;
    private static final double RATE = 200;

    /** Latency is called worse when p99 is so many times what it was with one workload. */
    private static final double WORSE = 2;

    private final Plan plan;
    private final Workspace workspace;
    private final Recorder recorder;

    MemoryUse(Plan plan, Workspace workspace, Recorder recorder) {
        this.plan = plan;
        this.workspace = workspace;
        this.recorder = recorder;
    }

    /** Bytes outside of the heap, and live on it. */
    private record Held(double resident, double heap) {

        static Held by(ServerProcess process) throws InterruptedException {
            OptionalLong heap = LiveHeap.of(process.pid());
            return new Held(process.resident(), heap.isPresent() ? heap.getAsLong() : Double.NaN);
        }

        /** Of one of so many; without the heap if that is not known. */
        double more(Held before, int count) {
            double heapMore = Double.isNaN(heap) || Double.isNaN(before.heap) ? 0 : heap - before.heap;
            return (resident - before.resident + heapMore) / count;
        }
    }

    void run() throws IOException, InterruptedException {
        recorder.now("memory: a node");
        try (Node node = new Node(plan, workspace, List.of(), workspace.fresh(), List.of())) {
            recorder.less(Group.MEMORY, "node without workloads", Recorder.VIRGA, "MiB", node.process().resident() / MIB);
            node.apply(manifest("w", plan.pool(), ""));
            node.process().awaitAnswer(node.target(plan.request(), "w"));
            recorder.less(Group.MEMORY, "node with one workload", Recorder.VIRGA, "MiB", node.process().resident() / MIB);
        }
        try (Node node = new Node(plan, workspace, FIXED_HEAP, workspace.fresh(), List.of())) {
            instances(node);
        }
        try (Node node = new Node(plan, workspace, FIXED_HEAP, workspace.fresh(), List.of())) {
            density(node);
        }
    }

    private String manifest(String name, int pool, String settings) {
        return plan.shape().manifest(name, workspace.component(), workspace.guest("producer"), pool, settings);
    }

    /** Warm instances, as a pool keeps them. */
    private void instances(Node node) throws InterruptedException {
        recorder.now("memory: instances");
        int count = Math.max(10, plan.density());
        String limits = "limits: {instances: " + (2 * count + 10) + ", workloadMemory: 64Gi}";
        node.apply(manifest("w", 1, limits));
        node.process().awaitAnswer(node.target(plan.request(), "w"));
        Held before = Held.by(node.process());
        node.apply(manifest("w", count, limits));
        node.process().awaitAnswer(node.target(plan.request(), "w"));
        Held after = Held.by(node.process());
        recorder.less(Group.MEMORY, "warm instance", Recorder.VIRGA, "KiB", after.more(before, count - 1) / KIB);
        if (Double.isNaN(after.heap())) {
            recorder.note("memory: what is live on the heap is left out: there is no jcmd beside this JVM");
        }
    }

    /** Workloads, more and more of them: first all but one idle, then all asked in turn. */
    private void density(Node node) throws IOException, InterruptedException {
        List<Curve.Point> idle = new ArrayList<>();
        List<Curve.Point> active = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        Held one = null;
        int fits = 0;
        for (int count : steps()) {
            recorder.now("memory: " + count + " workloads of " + plan.density());
            StringBuilder manifests = new StringBuilder();
            for (int i = targets.size(); i < count; i++) {
                manifests.append(manifest("w-" + i, plan.pool(), ""));
                targets.add(node.target(plan.request(), "w-" + i));
            }
            node.apply(manifests.toString());
            for (Target target : targets) {
                node.process().awaitAnswer(target);
            }
            LoadResult few = load(targets.getFirst());
            LoadResult all = load(Target.inTurn(targets));
            if (one == null) {
                load(targets.getFirst()); // what it warmed up with counts for nobody
                few = load(targets.getFirst());
                all = few;
                one = Held.by(node.process());
            }
            idle.add(new Curve.Point(count, few.milliseconds(99)));
            active.add(new Curve.Point(count, all.milliseconds(99)));
            fits = all.milliseconds(99) <= WORSE * active.getFirst().y() && fits == targetsBefore(active) ? count : fits;
        }
        int last = targets.size();
        recorder.less(Group.MEMORY, "further workload on a node", Recorder.VIRGA, "KiB",
                Held.by(node.process()).more(one, last - 1) / KIB);
        recorder.more(Group.MEMORY, "active workloads before p99 doubles, of " + last + " tried", Recorder.VIRGA, "", fits);
        recorder.curve("density", "one asked, others idle", idle);
        recorder.curve("density", "all asked in turn", active);
    }

    /** How many workloads there were at the step before. */
    private static int targetsBefore(List<Curve.Point> steps) {
        return steps.size() < 2 ? 0 : (int) steps.get(steps.size() - 2).x();
    }

    private List<Integer> steps() {
        List<Integer> steps = new ArrayList<>();
        for (int count = 1; count < plan.density(); count = count < 10 ? 10 : count * 2) {
            steps.add(count);
        }
        steps.add(plan.density());
        return steps;
    }

    private LoadResult load(Target target) throws IOException, InterruptedException {
        LoadResult result = new LoadGenerator(target, plan.connections()).atRate(RATE, plan.duration());
        if (result.answered() == 0) {
            throw new BenchmarkException("no request beside other workloads was answered well: " + result.firstFailure());
        }
        if (result.failed() > 0) {
            recorder.note("memory: requests failed beside other workloads: " + result.firstFailure());
        }
        return result;
    }
}
