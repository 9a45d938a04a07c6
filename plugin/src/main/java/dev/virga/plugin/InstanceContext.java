package dev.virga.plugin;

import dev.virga.engine.Limiter;
import dev.virga.wasi.WasiContext;
import java.util.Map;

/** An instance of a component that calls a plugin. */
public interface InstanceContext {

    WorkloadName workload();

    /** The component's name in the manifest. */
    String component();

    /** Settings that the manifest has for this component alone. */
    Map<String, String> config();

    /** The call that the instance serves, for logs. */
    String requestId();

    /** Whether calls of backends are part of traces; always the same. What is not need not be begun. */
    boolean traced();

    /**
     * A call of what keeps data begins. Names are as OpenTelemetry's conventions have them; none holds a key or value.
     *
     * @param system for example {@code redis}
     * @param operation for example {@code get}
     * @param namespace within the system, for example a bucket
     */
    CallSpan storing(String system, String operation, String namespace);

    /**
     * A message is about to be sent, with the headers of what this returns.
     *
     * @param operation for example {@code publish}
     * @param destination the subject or topic
     */
    CallSpan sending(String system, String operation, String destination);

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
