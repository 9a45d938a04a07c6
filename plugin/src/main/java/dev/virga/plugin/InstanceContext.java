package dev.virga.plugin;

import dev.virga.engine.Limiter;
import dev.virga.wasi.WasiContext;
import java.util.Map;

/** An instance of a component that calls a plugin. */
public interface InstanceContext {

    WorkloadName workload();

    /** The component's name in the manifest. */
    String component();

    /** Settings of this component alone, which win over those of the workload. */
    default Map<String, String> config() {
        return Map.of();
    }

    /** The call that the instance serves, for logs. */
    String requestId();

    /** {@code traceparent} and the like of that call, to pass on with what leaves the process; often empty. */
    Map<String, String> traceContext();

    /** Charged for what the plugin holds for this instance. */
    Limiter limiter();

    WasiContext wasi();

    /**
     * A line for the workload's log, with what the host knows of the call. Never blocks. The host makes it
     * harmless for where it goes, and may leave it out.
     *
     * @param context groups lines; may be empty
     */
    void log(LogLevel level, String context, String message);

    /** A use of the grant, for the audit log; cheap if nobody listens. */
    void used(Grant grant, String what);

    /** Something that the grant does not allow, for the audit log and the workload's counters. */
    void refused(Grant grant, String what, String remedy);

    /** Closed with the instance, the last one first. */
    void onClose(AutoCloseable resource);
}
