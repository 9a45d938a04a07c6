package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.Optional;

/** Begins the spans of what comes in from outside. While tracing is off they only pass the context on. */
public final class Tracing {

    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("virga.namespace");
    private static final AttributeKey<String> WORKLOAD = AttributeKey.stringKey("virga.workload");

    private final Optional<Tracer> tracer;

    /** @param tracer empty while tracing is off */
    Tracing(Optional<Tracer> tracer) {
        this.tracer = tracer;
    }

    public boolean on() {
        return tracer.isPresent();
    }

    /** An HTTP request has come in. */
    public Span server(ServerRequest request, TraceContext incoming) {
        if (tracer.isEmpty()) {
            return PassedSpan.of(incoming);
        }
        String method = HttpMethods.spanName(request.method());
        SpanBuilder builder = builder(method + " " + request.route(), SpanKind.SERVER, request.workload())
                .setAttribute(SCHEME, request.scheme())
                .setAttribute(PATH, request.path())
                .setAttribute(ROUTE, request.route())
                .setAttribute(RecordedSpan.SERVER_ADDRESS, request.host())
                .setAttribute(RecordedSpan.SERVER_PORT, (long) request.port());
        HttpMethods.set(builder, request.method());
        return RecordedSpan.start(tracer.get(), builder, parent(incoming));
    }

    /**
     * A message has come in.
     *
     * @param system for example {@code nats}
     * @param destination the subject or topic
     */
    public Span message(WorkloadName workload, String system, String destination, TraceContext incoming) {
        if (tracer.isEmpty()) {
            return PassedSpan.of(incoming);
        }
        SpanBuilder builder = builder("process " + system, SpanKind.CONSUMER, workload)
                .setAttribute(RecordedSpan.MESSAGING, system)
                .setAttribute(RecordedSpan.DESTINATION, destination)
                .setAttribute(RecordedSpan.MESSAGING_OPERATION, "process")
                .setAttribute(RecordedSpan.MESSAGING_TYPE, "process");
        return RecordedSpan.start(tracer.get(), builder, parent(incoming));
    }

    /** A call over a link has come in. */
    public Span linked(WorkloadName workload, String interfaceName, String function, TraceContext incoming) {
        if (tracer.isEmpty()) {
            return PassedSpan.of(incoming);
        }
        SpanBuilder builder = builder(interfaceName + " " + function, SpanKind.SERVER, workload)
                .setAttribute(RecordedSpan.INTERFACE, interfaceName)
                .setAttribute(RecordedSpan.FUNCTION, function);
        return RecordedSpan.start(tracer.get(), builder, parent(incoming));
    }

    private SpanBuilder builder(String name, SpanKind kind, WorkloadName workload) {
        return tracer.orElseThrow()
                .spanBuilder(name)
                .setSpanKind(kind)
                .setAttribute(NAMESPACE, workload.namespace())
                .setAttribute(WORKLOAD, workload.name());
    }

    private static Context parent(TraceContext incoming) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), incoming.headers(), Headers.GETTER);
    }

    private enum Headers implements TextMapGetter<Map<String, String>> {
        GETTER;

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
