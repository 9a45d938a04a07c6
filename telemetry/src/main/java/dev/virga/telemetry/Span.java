package dev.virga.telemetry;

import dev.virga.plugin.CallSpan;

/**
 * A piece of work in a trace, or, while tracing is off, only the context that is passed on. Used by one thread at a
 * time; children may be begun by others.
 */
public sealed interface Span extends CallSpan permits PassedSpan, RecordedSpan {

    /** Outside of any trace. No method here may have a body: to initialise an implementation would then begin with this. */
    Span NONE = PassedSpan.NONE;

    /**
     * A call over a link to a component on another host.
     *
     * @param component that calls
     * @param interfaceName for example {@code shop:prices/list@1.0.0}
     */
    Span link(String component, String interfaceName, String function);

    /**
     * An outgoing HTTP request.
     *
     * @param path without a query, which may carry secrets
     */
    Span outgoing(String method, String scheme, String host, int port, String path);

    /** A call of what keeps data; see {@link dev.virga.plugin.InstanceContext#storing}. */
    Span storing(String system, String operation, String namespace);

    /** A message that is sent; see {@link dev.virga.plugin.InstanceContext#sending}. */
    Span sending(String system, String operation, String destination);

    /** To pass on with what leaves the process meanwhile. */
    TraceContext context();

    /** 32 hex digits; empty if there is no trace. */
    String traceId();

    /** 16 hex digits; empty if there is no trace. */
    String spanId();

    /** The status of the answer. */
    void status(int httpStatus);

    /** @param type a short word, for example {@code trap}, {@code timeout}, {@code refused} */
    void failed(String type, String message);

    /** The work is done. */
    @Override
    void close();
}
