package dev.virga.telemetry;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Reads all counters. */
final class Collector {

    private static final String[] STATUS = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Snapshot snapshot = new Snapshot();

    private Collector() {}

    static Snapshot collect(Telemetry telemetry) {
        Collector collector = new Collector();
        telemetry.workloads().forEach(collector::workload);
        collector.host(telemetry);
        return collector.snapshot;
    }

    private void host(Telemetry telemetry) {
        long since = telemetry.since();
        snapshot.gauge(Metric.WORKLOADS, Labels.EMPTY, telemetry.workloads().size());
        snapshot.count(Metric.HOST_LOG_LEFT_OUT, Labels.EMPTY, telemetry.log().leftOut(), since);
        snapshot.count(Metric.AUDIT_LEFT_OUT, Labels.EMPTY, telemetry.audit().leftOut(), since);
        telemetry.otlpDropped()
                .forEach((signal, n) -> snapshot.count(Metric.OTLP_DROPPED, Labels.of("signal", signal), n, since));
    }

    private void workload(WorkloadTelemetry workload) {
        Labels labels = Labels.of(
                "namespace", workload.name().namespace(), "workload", workload.name().name());
        long since = workload.since();
        for (int i = 0; i < STATUS.length; i++) {
            long n = workload.requests[i].sum();
            if (n > 0) {
                snapshot.count(Metric.REQUESTS, labels.add("status", STATUS[i]), n, since);
            }
        }
        workload.latency().ifPresent(
                latency -> snapshot.histogram(Metric.REQUEST_DURATION, labels, latency, since));
        workload.components.forEach((name, component) -> component(component, labels.add("component", name), since));
        // In this order the difference is never negative.
        long gone = workload.gone.sum();
        long created = workload.created.sum();
        snapshot.gauge(Metric.INSTANCES, labels, created - gone);
        snapshot.count(Metric.INSTANCES_CREATED, labels, created, since);
        snapshot.gauge(Metric.MEMORY, labels, workload.memoryNow());
        snapshot.gauge(Metric.MEMORY_PEAK, labels, workload.memoryPeak());
        snapshot.count(Metric.CPU, labels, workload.cpu.sum() / 1e9, since);
        for (Map.Entry<String, LongAdder> refused : workload.refused.entrySet()) {
            snapshot.count(Metric.REFUSED, labels.add("kind", refused.getKey()), refused.getValue().sum(), since);
        }
        links(Metric.LINK_CALLS, workload.linkCalls, labels, since);
        links(Metric.LINK_ANSWERS, workload.linkAnswers, labels, since);
        snapshot.count(Metric.LOG_LINES, labels, workload.log().lines.sum(), since);
        snapshot.count(Metric.LOG_DROPPED, labels, workload.log().dropped.sum(), since);
        snapshot.count(Metric.RESTARTS, labels, workload.restarts.sum(), since);
    }

    private void links(Metric metric, LinkTelemetry links, Labels labels, long since) {
        links.counts().forEach((outcome, n) -> snapshot.count(metric, labels.add("outcome", outcome), n, since));
    }

    private void component(ComponentTelemetry component, Labels labels, long since) {
        snapshot.count(Metric.CALLS, labels, component.calls.sum(), since);
        snapshot.count(Metric.FAILURES, labels, component.failures.sum(), since);
        snapshot.count(Metric.TRAPS, labels, component.traps.sum(), since);
        snapshot.count(Metric.TIMEOUTS, labels, component.timeouts.sum(), since);
    }
}
