package dev.virga.telemetry;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Optional;

/** Every metric of a host: its name in OTLP, and the one in Prometheus made from it. */
enum Metric {
    REQUESTS(Kind.COUNTER, "virga.requests", "{request}", "HTTP requests answered, by class of status"),
    REQUEST_DURATION(Kind.HISTOGRAM, "virga.request.duration", "s", "Time from a request's head to its answer's end"),
    CALLS(Kind.COUNTER, "virga.component.calls", "{call}", "Calls of a component's exports"),
    FAILURES(Kind.COUNTER, "virga.component.failures", "{call}", "Calls that ended without an answer"),
    TRAPS(Kind.COUNTER, "virga.component.traps", "{call}", "Calls that ended in a trap"),
    TIMEOUTS(Kind.COUNTER, "virga.component.timeouts", "{call}", "Calls that were stopped at their deadline"),
    INSTANCES(Kind.GAUGE, "virga.instances", "{instance}", "Instances of components there are"),
    INSTANCES_CREATED(Kind.COUNTER, "virga.instances.created", "{instance}", "Instances of components made"),
    MEMORY(Kind.GAUGE, "virga.memory", "By", "Memory that the workload holds"),
    MEMORY_PEAK(Kind.GAUGE, "virga.memory.peak", "By", "The most memory that the workload has held at once"),
    CPU(Kind.COUNTER, "virga.cpu", "s", "CPU time of the workload's guests"),
    REFUSED(Kind.COUNTER, "virga.refused", "{refusal}", "Capabilities that were asked for and refused, by kind"),
    LINK_CALLS(Kind.COUNTER, "virga.link.calls", "{call}", "Calls of components on other hosts, by outcome"),
    LINK_ANSWERS(Kind.COUNTER, "virga.link.answers", "{call}", "Calls that came from other hosts, by outcome"),
    LOG_LINES(Kind.COUNTER, "virga.log.lines", "{line}", "Lines that the workload logged"),
    LOG_DROPPED(Kind.COUNTER, "virga.log.dropped", "{line}", "Lines dropped because the workload logged too many"),
    RESTARTS(Kind.COUNTER, "virga.service.restarts", "{restart}", "Times that the workload's service was started again"),
    WORKLOADS(Kind.GAUGE, "virga.workloads", "{workload}", "Workloads on the host"),
    HOST_LOG_LEFT_OUT(Kind.COUNTER, "virga.host.log.left_out", "{line}", "Lines that the log's stream was too slow for"),
    AUDIT_LEFT_OUT(Kind.COUNTER, "virga.audit.left_out", "{record}", "Audit records left out: too many, or the disk too slow"),
    OTLP_DROPPED(Kind.COUNTER, "virga.otlp.dropped", "{item}", "Spans and log records that did not reach the collector");

    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final Kind kind;
    private final String otlpName;
    private final String otlpUnit;
    private final String help;

    Metric(Kind kind, String otlpName, String otlpUnit, String help) {
        this.kind = kind;
        this.otlpName = otlpName;
        this.otlpUnit = otlpUnit;
        this.help = help;
    }

    Kind kind() {
        return kind;
    }

    String otlpName() {
        return otlpName;
    }

    String otlpUnit() {
        return otlpUnit;
    }

    String help() {
        return help;
    }

    MetricMetadata prometheus() {
        String name = otlpName.replace('.', '_');
        return unit().map(unit -> new MetricMetadata(name + "_" + unit, help, unit))
                .orElseGet(() -> new MetricMetadata(name, help));
    }

    /** Empty for what is counted in whole things. */
    Optional<Unit> unit() {
        return switch (otlpUnit) {
            case "s" -> Optional.of(Unit.SECONDS);
            case "By" -> Optional.of(Unit.BYTES);
            default -> Optional.empty();
        };
    }
}
