package dev.virga.operator;

import dev.virga.operator.hosts.HostRegistry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What can be counted of an operator. */
final class OperatorMetrics implements Metrics {

    private static final double NANOS = 1e9;

    /** Of one controller. */
    private static final class Counts {
        private final LongAdder succeeded = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }

    private final Map<String, Counts> byController = new ConcurrentSkipListMap<>();
    private final Consumer<String> log;

    OperatorMetrics(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        Counts counts = byController.computeIfAbsent(execution.controllerName(), _ -> new Counts());
        long start = System.nanoTime();
        try {
            T result = execution.execute();
            counts.succeeded.increment();
            return result;
        } catch (Exception e) {
            counts.failed.increment();
            throw e;
        } finally {
            counts.nanos.add(System.nanoTime() - start);
        }
    }

    @Override
    public void failedReconciliation(HasMetadata object, Exception exception, Map<String, Object> metadata) {
        log.accept(object.getKind() + " " + object.getMetadata().getNamespace() + "/" + object.getMetadata().getName()
                + " could not be looked after, and will be again: " + exception.getMessage()
                + (exception.getCause() == null ? "" : ": " + exception.getCause().getMessage()));
    }

    MetricSnapshots snapshot(HostRegistry hosts, Tracked workloads, Events events, boolean leads) {
        List<CounterDataPointSnapshot> reconciled = new ArrayList<>();
        List<CounterDataPointSnapshot> seconds = new ArrayList<>();
        byController.forEach((name, counts) -> {
            Labels labels = Labels.of("controller", name);
            reconciled.add(count(counts.succeeded.sum(), labels.add("result", "success")));
            reconciled.add(count(counts.failed.sum(), labels.add("result", "failure")));
            seconds.add(count(counts.nanos.sum() / NANOS, labels));
        });
        Map<String, Integer> conditions = new TreeMap<>();
        hosts.views().forEach(h -> conditions.merge(h.condition().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return new MetricSnapshots(
                counter("virga_operator_reconciliations", "Looks at objects, by controller and result", reconciled),
                counter("virga_operator_reconciliation_seconds", "Time that those took", seconds),
                counter("virga_operator_events_left_out", "Events that were too many, or refused",
                        List.of(count(events.leftOut(), Labels.EMPTY))),
                gauge("virga_operator_hosts", "Hosts that report, by condition", "condition", conditions),
                gauge("virga_operator_workloads", "Workloads, by what they are at", "state", workloads.counts()),
                gauge("virga_operator_leads", "Whether this operator is the one that acts", leads),
                gauge("virga_operator_nats_connected", "Whether hosts can be heard", hosts.isHearing()),
                gauge("virga_operator_evictions_held", "Whether silent hosts are not given up, since too many are",
                        hosts.areEvictionsHeld()));
    }

    private static CounterDataPointSnapshot count(double value, Labels labels) {
        return new CounterDataPointSnapshot(value, labels, null, 0);
    }

    private static CounterSnapshot counter(String name, String help, List<CounterDataPointSnapshot> points) {
        return new CounterSnapshot(new MetricMetadata(name, help), points);
    }

    private static GaugeSnapshot gauge(String name, String help, boolean value) {
        return new GaugeSnapshot(
                new MetricMetadata(name, help), List.of(new GaugeDataPointSnapshot(value ? 1 : 0, Labels.EMPTY, null)));
    }

    private static GaugeSnapshot gauge(String name, String help, String label, Map<String, Integer> values) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        values.forEach((key, value) -> points.add(new GaugeDataPointSnapshot(value, Labels.of(label, key), null)));
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }
}
