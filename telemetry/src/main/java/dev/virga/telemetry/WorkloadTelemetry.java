package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import dev.virga.wasi.RateLimit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters, log and audit of one workload. All but {@link #component} and {@link #refused} are for hot paths: they
 * look nothing up, take no lock and allocate nothing. Every series of the workload goes away with it.
 */
public final class WorkloadTelemetry implements AutoCloseable {

    /** More components or kinds of refusals than this share one series, {@value #OTHER}. */
    private static final int MAX_SERIES = 64;

    private static final String OTHER = "other";

    final LongAdder created = new LongAdder();
    final LongAdder gone = new LongAdder();
    final LongAdder cpu = new LongAdder();
    final LongAdder restarts = new LongAdder();
    /** By the first digit of the status; 0 is for a request whose client went away before the answer. */
    final LongAdder[] requests = new LongAdder[6];
    final Map<String, ComponentTelemetry> components = new ConcurrentHashMap<>(2);
    final Map<String, LongAdder> refused = new ConcurrentHashMap<>(1);
    final LinkTelemetry linkCalls = new LinkTelemetry();
    final LinkTelemetry linkAnswers = new LinkTelemetry();
    private final WorkloadName name;
    private final long since = System.currentTimeMillis();
    private final Telemetry host;
    private final WorkloadLog log;
    private final RateLimit auditRate;
    private final AtomicLong memory = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private volatile Latency latency;

    WorkloadTelemetry(WorkloadName name, Telemetry host, WorkloadLog log, RateLimit auditRate) {
        this.name = name;
        this.host = host;
        this.log = log;
        this.auditRate = auditRate;
        for (int i = 0; i < requests.length; i++) {
            requests[i] = new LongAdder();
        }
    }

    public WorkloadName name() {
        return name;
    }

    public WorkloadLog log() {
        return log;
    }

    /** Calls of components on other hosts. */
    public LinkTelemetry linkCalls() {
        return linkCalls;
    }

    /** Calls that came from other hosts. */
    public LinkTelemetry linkAnswers() {
        return linkAnswers;
    }

    /** Its counters; to be kept, since this looks the name up. */
    public ComponentTelemetry component(String component) {
        String known = components.containsKey(component) || components.size() < MAX_SERIES ? component : OTHER;
        return components.computeIfAbsent(known, c -> new ComponentTelemetry(this, c));
    }

    /**
     * @param status of HTTP; 0 if the client went away before there was one
     * @param nanos from the request's head to the end of the answer
     * @param route that led here, as the manifest has it
     */
    public void answered(int status, long nanos, String route) {
        int digit = status / 100;
        requests[digit >= 1 && digit <= 5 ? digit : 0].increment();
        latencyForRecording().record(nanos);
        RequestEvent.emit(name, route, status, nanos);
    }

    /** @param bytes more, or less if negative, that the workload holds */
    public void memory(long bytes) {
        long now = memory.addAndGet(bytes);
        if (now > peak.getPlain()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    public void cpu(long nanos) {
        cpu.add(nanos);
    }

    /** The service was started again, for the n-th time. */
    public void restarted(int attempt, String reason) {
        restarts.increment();
        ServiceRestartEvent.emit(name, attempt, reason);
    }

    /** For the flight recorder. */
    public void state(String from, String to, String reason) {
        WorkloadStateEvent.emit(name, from, to, reason);
    }

    /** A grant was used; costs a field's read unless the audit log asks for it. */
    public void used(String component, String kind, String target, String requestId) {
        if (host.audit().mode() == AuditMode.ALL) {
            host.audit().write(new AuditRecord(name, component, kind, target, true, requestId), auditRate);
        }
    }

    /**
     * Something was refused.
     *
     * @param kind few different ones, for example {@code http} or {@code wasi:keyvalue}
     * @param target what exactly; may hold text of the guest
     */
    public void refused(String component, String kind, String target, String requestId) {
        String known = refused.containsKey(kind) || refused.size() < MAX_SERIES ? kind : OTHER;
        refused.computeIfAbsent(known, k -> new LongAdder()).increment();
        CapabilityRefusedEvent.emit(name, component, kind, target);
        if (host.audit().mode() != AuditMode.OFF) {
            host.audit().write(new AuditRecord(name, component, kind, target, false, requestId), auditRate);
        }
    }

    /** Its series are gone when this returns, and followers of its log see the end. */
    @Override
    public void close() {
        host.closed(this);
        log.close();
    }

    long memoryNow() {
        return memory.get();
    }

    long memoryPeak() {
        return peak.get();
    }

    /** Empty until there was a request: an idle workload holds no buckets. */
    Optional<Latency> latency() {
        return Optional.ofNullable(latency);
    }

    /** When its counts were 0, as Unix time in milliseconds. */
    long since() {
        return since;
    }

    private Latency latencyForRecording() {
        Latency present = latency;
        return present != null ? present : firstLatency();
    }

    private synchronized Latency firstLatency() {
        if (latency == null) {
            latency = new Latency();
        }
        return latency;
    }
}
