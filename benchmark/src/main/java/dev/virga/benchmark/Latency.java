package dev.virga.benchmark;

import dev.virga.benchmark.load.LoadGenerator;
import dev.virga.benchmark.load.LoadResult;
import dev.virga.benchmark.load.Target;
import dev.virga.benchmark.report.Curve;
import dev.virga.benchmark.report.Figures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies at fixed rates and at saturation, of both servers in turns, and what a request takes of processors. */
final class Latency {

    private static final double[] PERCENTILES = {50, 95, 99, 99.9};
    private static final double[] PARTS = {0.25, 0.5, 0.75};

    /** At least so many requests stand behind a percentile that is told: 10 beyond it. */
    private static final int BEHIND = 10;

    private final Plan plan;
    private final Workspace workspace;
    private final Recorder recorder;

    Latency(Plan plan, Workspace workspace, Recorder recorder) {
        this.plan = plan;
        this.workspace = workspace;
        this.recorder = recorder;
    }

    /** A server that runs. */
    private record Subject(String server, LoadGenerator load, ServerProcess process, Map<Double, Histogram> all) {}

    void run() throws IOException, InterruptedException {
        recorder.now("latency: starting");
        try (Node node = new Node(plan, workspace, List.of(), workspace.fresh(), List.of())) {
            node.apply(plan.shape()
                    .manifest("w", workspace.component(), workspace.guest("producer"), plan.pool(), ""));
            Target target = node.target(plan.request(), "w");
            node.process().awaitAnswer(target);
            Subject virga = subject(Recorder.VIRGA, target, node.process());
            if (plan.against().isEmpty()) {
                measure(List.of(virga));
                return;
            }
            InetSocketAddress address = ServerProcess.loopback(ServerProcess.freePort());
            try (ServerProcess process = OtherServer.start(plan, workspace.component(), address, Map.of())) {
                Target other = OtherServer.target(plan, address);
                process.awaitAnswer(other);
                measure(List.of(virga, subject(Recorder.OTHER, other, process)));
            }
        }
    }

    private Subject subject(String server, Target target, ServerProcess process) {
        return new Subject(
                server, new LoadGenerator(target, plan.connections()), process, new java.util.TreeMap<>());
    }

    private void measure(List<Subject> subjects) throws IOException, InterruptedException {
        recorder.now("latency: warming up");
        double slowest = Double.POSITIVE_INFINITY;
        Duration warm = plan.duration().multipliedBy(2);
        for (Subject subject : subjects) {
            subject.load().atSaturation(warm);
            LoadResult result = subject.load().atSaturation(plan.duration());
            if (result.answered() == 0) {
                throw subject.process().failed("answers no request well: " + result.firstFailure());
            }
            slowest = Math.min(slowest, result.rate());
        }
        List<Double> rates = plan.rates().isEmpty() ? parts(slowest) : plan.rates();
        for (int i = 1; i <= plan.repeats(); i++) {
            recorder.now("latency: " + i + " of " + plan.repeats());
            for (Subject subject : subjects) {
                saturate(subject);
            }
            for (double rate : rates) {
                for (Subject subject : subjects) {
                    atRate(subject, rate);
                }
            }
        }
        subjects.forEach(this::rare);
        subjects.forEach(this::curves);
    }

    /** Of what the slower server can do, with two digits that count. */
    private static List<Double> parts(double most) {
        List<Double> rates = new ArrayList<>();
        for (double part : PARTS) {
            double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(most * part)) - 1));
            rates.add(Math.max(1, Math.floor(most * part / unit) * unit));
        }
        return rates.stream().distinct().toList();
    }

    private void saturate(Subject subject) throws IOException, InterruptedException {
        LoadResult result = subject.load().atSaturation(plan.duration());
        check(subject, "at saturation", result);
        recorder.more(Group.LATENCY, "answers at saturation", subject.server(), "/s", result.rate());
        percentiles("at saturation", subject, result);
        collect(subject, Double.POSITIVE_INFINITY, result);
    }

    private void atRate(Subject subject, double rate) throws IOException, InterruptedException {
        String at = at(rate);
        Duration before = subject.process().cpu();
        LoadResult result = subject.load().atRate(rate, plan.duration());
        Duration cpu = subject.process().cpu().minus(before);
        check(subject, at, result);
        percentiles(at, subject, result);
        collect(subject, rate, result);
        if (cpu.isPositive() && result.answered() > 0) {
            recorder.less(Group.LATENCY, "processor time of a request " + at, subject.server(), "µs",
                    cpu.toNanos() / 1e3 / result.answered());
        } else {
            recorder.note("latency: processor time of " + subject.server() + " is not known: it does not run in the process "
                    + "that was started, or ran too short");
        }
        if (result.lateness().getTotalCount() > 0 && result.lateness().getValueAtPercentile(99) > 1_000_000) {
            recorder.note("latency: the generator itself was more than 1 ms late with 1 % of the requests: the machine has "
                    + "too little room for both, and latencies are too high by that");
        }
    }

    private void percentiles(String at, Subject subject, LoadResult result) {
        for (double percentile : PERCENTILES) {
            if (isTold(percentile, result.latencies())) {
                recorder.less(Group.LATENCY, name(percentile) + " " + at, subject.server(), "ms",
                        result.milliseconds(percentile));
            }
        }
    }

    private static boolean isTold(double percentile, Histogram latencies) {
        return latencies.getTotalCount() * (1 - percentile / 100) >= BEHIND;
    }

    /** Percentiles for which one load had too few requests, of all loads together. */
    private void rare(Subject subject) {
        subject.all().forEach((rate, all) -> {
            for (double percentile : PERCENTILES) {
                boolean alone = all.getTotalCount() / plan.repeats() * (1 - percentile / 100) >= BEHIND;
                if (!alone && isTold(percentile, all)) {
                    recorder.less(Group.LATENCY, name(percentile) + " " + at(rate) + ", all repeats together",
                            subject.server(), "ms", all.getValueAtPercentile(percentile) / 1e6);
                } else if (!alone) {
                    recorder.note("latency: percentiles with fewer than " + BEHIND + " requests beyond them are left out; a "
                            + "longer --duration has more");
                }
            }
        });
    }

    private static String at(double rate) {
        return rate == Double.POSITIVE_INFINITY ? "at saturation" : "at " + Figures.text(rate) + "/s";
    }

    private static String name(double percentile) {
        return "p" + (percentile == Math.rint(percentile) ? String.format(Locale.ROOT, "%.0f", percentile) : percentile);
    }

    private void check(Subject subject, String at, LoadResult result) {
        if (result.failed() > 0) {
            recorder.note("latency: %s failed %d of %d requests %s: %s".formatted(
                    subject.server(), result.failed(), result.failed() + result.answered(), at, result.firstFailure()));
        }
        if (result.unsent() > 0) {
            recorder.note("latency: %s could not keep up %s: %d requests found no free connection; their waiting counts"
                    .formatted(subject.server(), at, result.unsent()));
        }
    }

    private static void collect(Subject subject, double rate, LoadResult result) {
        subject.all().merge(rate, result.latencies(), (sum, next) -> {
            sum.add(next);
            return sum;
        });
    }

    /** By how many of how many requests took longer: 1, 10, 100… */
    private void curves(Subject subject) {
        subject.all().forEach((rate, histogram) -> {
            List<Curve.Point> points = new ArrayList<>();
            for (double oneIn = 1.25; oneIn * BEHIND / 2 <= histogram.getTotalCount(); oneIn *= 1.25) {
                points.add(new Curve.Point(oneIn, histogram.getValueAtPercentile(100 - 100 / oneIn) / 1e6));
            }
            String at = rate == Double.POSITIVE_INFINITY ? "saturated" : Figures.text(rate) + "/s";
            recorder.curve("latency", subject.server() + ", " + at, points);
        });
    }
}
