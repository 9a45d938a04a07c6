package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import dev.virga.wasi.RateLimit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** All that can be seen of one host. */
public final class Telemetry implements AutoCloseable {

    private final TelemetrySettings settings;
    private final long since = System.currentTimeMillis();
    private final ConcurrentMap<WorkloadName, WorkloadTelemetry> workloads = new ConcurrentHashMap<>();
    private final Optional<Otlp> otlp;
    private final AuditLog audit;
    private final HostLog log;
    private final Tracing tracing;
    private volatile boolean open;

    private Telemetry(TelemetrySettings settings, OutputStream auditOut) {
        this.settings = settings;
        this.audit = new AuditLog(settings.audit().mode(), auditOut);
        this.log = new HostLog(new Unclosed(settings.log()), settings.logFormat());
        OtlpSettings otlpSettings = OtlpSettings.of(settings.environment(), settings.hostId());
        try {
            // Loads nothing of the SDK unless it is asked for.
            this.otlp = otlpSettings.any()
                    ? Optional.of(new Otlp(otlpSettings, this::snapshot, log::aboutOtlp))
                    : Optional.empty();
        } catch (RuntimeException e) {
            closeLogs();
            throw e;
        }
        this.tracing = new Tracing(otlp.flatMap(Otlp::tracer));
        otlp.ifPresent(o -> log.alsoTo(o.log()));
        open = true;
    }

    /**
     * @throws TelemetryException if an {@code OTEL_*} variable is wrong or the audit file cannot be opened
     */
    public static Telemetry open(TelemetrySettings settings) {
        return new Telemetry(settings, auditOut(settings.audit()));
    }

    /**
     * What is counted for a workload from now on; to be closed with it.
     *
     * @throws IllegalStateException if there is one of this name already
     */
    public WorkloadTelemetry workload(WorkloadName name) {
        WorkloadTelemetry workload = new WorkloadTelemetry(
                name,
                this,
                new WorkloadLog(name, log, settings.logLimits()),
                new RateLimit(settings.audit().perSecond(), settings.audit().perSecond(), System::nanoTime));
        if (workloads.putIfAbsent(name, workload) != null) {
            throw new IllegalStateException("there is telemetry of the workload " + name + " already");
        }
        return workload;
    }

    public HostLog log() {
        return log;
    }

    public AuditLog audit() {
        return audit;
    }

    public Tracing tracing() {
        return tracing;
    }

    /**
     * All metrics, in the form that a scraper asks for.
     *
     * @param accept its header of this name; empty if there is none
     */
    public Exposition exposition(String accept) {
        return Exposition.of(accept, snapshot().prometheus());
    }

    /** Writes and sends what waits, for some seconds at most. */
    @Override
    public void close() {
        otlp.ifPresent(Otlp::close);
        closeLogs();
    }

    private void closeLogs() {
        log.close();
        audit.close();
    }

    /** Empty until all is there: the SDK asks for it even when it gives up because a variable is wrong. */
    private Snapshot snapshot() {
        return open ? Collector.collect(this) : new Snapshot();
    }

    Collection<WorkloadTelemetry> workloads() {
        return workloads.values();
    }

    /** When its counts were 0, as Unix time in milliseconds. */
    long since() {
        return since;
    }

    Map<String, Long> otlpDropped() {
        return otlp.map(Otlp::dropped).orElse(Map.of());
    }

    void closed(WorkloadTelemetry workload) {
        workloads.remove(workload.name(), workload);
    }

    private static OutputStream auditOut(AuditSettings audit) {
        if (audit.file().isEmpty()) {
            return new Unclosed(System.out);
        }
        try {
            return new RotatingFile(audit.file().get(), audit.fileBytes(), audit.oldFiles());
        } catch (IOException e) {
            throw new TelemetryException("the audit log " + audit.file().get() + " cannot be opened (" + e
                    + "): name a file in a folder that the host may write to", e);
        }
    }
}
