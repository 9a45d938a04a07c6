package dev.virga.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;

/** A span of OpenTelemetry. The context goes along by hand: guests' calls change threads. */
final class RecordedSpan implements Span {

    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> METHOD_ORIGINAL = AttributeKey.stringKey("http.request.method_original");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> FULL_URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> DATABASE_OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> DATABASE_NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> MESSAGING = AttributeKey.stringKey("messaging.system");
    static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    static final AttributeKey<String> MESSAGING_OPERATION = AttributeKey.stringKey("messaging.operation.name");
    static final AttributeKey<String> MESSAGING_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> COMPONENT = AttributeKey.stringKey("virga.component");
    static final AttributeKey<String> FUNCTION = AttributeKey.stringKey("code.function.name");
    static final AttributeKey<String> INTERFACE = AttributeKey.stringKey("virga.interface");

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;
    private final Context context;
    /** From which status on an answer is this side's failure. */
    private final int errors;

    private RecordedSpan(Tracer tracer, io.opentelemetry.api.trace.Span span, Context parent, int errors) {
        this.tracer = tracer;
        this.span = span;
        this.context = parent.with(span);
        this.errors = errors;
    }

    static RecordedSpan start(Tracer tracer, SpanBuilder builder, Context parent) {
        return new RecordedSpan(tracer, builder.setParent(parent).startSpan(), parent, SERVER_ERROR);
    }

    @Override
    public Map<String, String> headers() {
        return context().headers();
    }

    @Override
    public Span link(String component, String interfaceName, String function) {
        return start(tracer, tracer.spanBuilder(interfaceName + " " + function)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(COMPONENT, component)
                .setAttribute(INTERFACE, interfaceName)
                .setAttribute(FUNCTION, function), context);
    }

    @Override
    public Span outgoing(String method, String scheme, String host, int port, String path) {
        SpanBuilder builder = tracer.spanBuilder(HttpMethods.spanName(method)).setSpanKind(SpanKind.CLIENT);
        HttpMethods.set(builder, method);
        builder.setAttribute(SERVER_ADDRESS, host)
                .setAttribute(SERVER_PORT, (long) port)
                .setAttribute(FULL_URL, scheme + "://" + host + ":" + port + path);
        return new RecordedSpan(tracer, builder.setParent(context).startSpan(), context, CLIENT_ERROR);
    }

    @Override
    public Span storing(String system, String operation, String namespace) {
        return start(tracer, tracer.spanBuilder(operation + " " + system)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(DATABASE, system)
                .setAttribute(DATABASE_OPERATION, operation)
                .setAttribute(DATABASE_NAMESPACE, namespace), context);
    }

    @Override
    public Span sending(String system, String operation, String destination) {
        return start(tracer, tracer.spanBuilder(operation + " " + system)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute(MESSAGING, system)
                .setAttribute(MESSAGING_OPERATION, operation)
                .setAttribute(MESSAGING_TYPE, "send")
                .setAttribute(DESTINATION, destination), context);
    }

    @Override
    public TraceContext context() {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, headers, (map, name, value) -> map.put(name, value));
        return TraceContext.of(headers::get);
    }

    @Override
    public String traceId() {
        return span.getSpanContext().isValid() ? span.getSpanContext().getTraceId() : "";
    }

    @Override
    public String spanId() {
        return span.getSpanContext().isValid() ? span.getSpanContext().getSpanId() : "";
    }

    @Override
    public void status(int httpStatus) {
        span.setAttribute(STATUS, (long) httpStatus);
        if (httpStatus >= errors) {
            span.setAttribute(ERROR_TYPE, Integer.toString(httpStatus)).setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void failed(String type) {
        span.setAttribute(ERROR_TYPE, type).setStatus(StatusCode.ERROR);
    }

    @Override
    public void failed(String type, String message) {
        span.setAttribute(ERROR_TYPE, type).setStatus(StatusCode.ERROR, message);
    }

    @Override
    public void close() {
        span.end();
    }
}
