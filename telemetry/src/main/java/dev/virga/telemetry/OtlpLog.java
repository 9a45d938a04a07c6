package dev.virga.telemetry;

import dev.virga.plugin.LogLevel;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;

/** Hands lines on to the SDK, whose queue is bounded and drops what does not fit. */
record OtlpLog(Logger logger) implements Consumer<LogLine> {

    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("virga.namespace");
    private static final AttributeKey<String> WORKLOAD = AttributeKey.stringKey("virga.workload");
    private static final AttributeKey<String> COMPONENT = AttributeKey.stringKey("virga.component");
    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("virga.request_id");
    private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("virga.source");

    @Override
    public void accept(LogLine line) {
        LogOrigin origin = line.origin();
        LogRecordBuilder log = logger.logRecordBuilder()
                .setTimestamp(line.time())
                .setSeverity(severity(line.level()))
                .setSeverityText(line.level().name())
                .setBody(line.message())
                .setContext(context(origin))
                .setAttribute(SOURCE, origin.source().toString());
        line.workload().ifPresent(workload ->
                log.setAttribute(NAMESPACE, workload.namespace()).setAttribute(WORKLOAD, workload.name()));
        if (!origin.component().isEmpty()) {
            log.setAttribute(COMPONENT, origin.component());
        }
        if (!origin.requestId().isEmpty()) {
            log.setAttribute(REQUEST, origin.requestId());
        }
        log.emit();
    }

    private static Severity severity(LogLevel level) {
        return switch (level) {
            case TRACE -> Severity.TRACE;
            case DEBUG -> Severity.DEBUG;
            case INFO -> Severity.INFO;
            case WARN -> Severity.WARN;
            case ERROR -> Severity.ERROR;
            case CRITICAL -> Severity.FATAL;
        };
    }

    private static Context context(LogOrigin origin) {
        if (origin.traceId().isEmpty()) {
            return Context.root();
        }
        return Context.root().with(Span.wrap(SpanContext.create(
                origin.traceId(), origin.spanId(), TraceFlags.getSampled(), TraceState.getDefault())));
    }
}
