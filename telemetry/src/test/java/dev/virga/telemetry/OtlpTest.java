package dev.virga.telemetry;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.LogLevel;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OtlpTest {

    private static final TraceContext INCOMING = TraceContext.of(Map.of(
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "tracestate", "vendor=x")::get);

    private static final ServerRequest REQUEST =
            new ServerRequest(Setup.SHOP, "GET", "https", "/cart/7", "shop.example", 443, "/cart");

    private static Map<String, String> strings(Collection<KeyValue> attributes) {
        return attributes.stream().collect(toMap(KeyValue::getKey, a -> a.getValue().hasIntValue()
                ? Long.toString(a.getValue().getIntValue()) : a.getValue().getStringValue()));
    }

    @Test
    void aRequestsSpansReachTheCollectorInOneTrace() throws IOException {
        try (Collecting collector = new Collecting()) {
            try (Telemetry telemetry = Setup.telemetry(collector.environment());
                    Span server = telemetry.tracing().server(REQUEST, INCOMING)) {
                try (Span get = server.link("api", "shop:prices/list@1.0.0", "get")) {
                    get.failed("deadline", "no answer came in time");
                }
                try (Span out = server.outgoing("POST", "http", "pay.example", 80, "/charge")) {
                    assertEquals("0af7651916cd43dd8448eb211c80319c", out.traceId());
                    assertEquals(
                            Map.of("traceparent", "00-" + out.traceId() + "-" + out.spanId() + "-01",
                                    "tracestate", "vendor=x"),
                            out.context().headers());
                    out.status(404);
                }
                server.status(200);
            }
            Map<String, io.opentelemetry.proto.trace.v1.Span> spans = collector.spans.stream()
                    .collect(toMap(io.opentelemetry.proto.trace.v1.Span::getName, Function.identity()));
            io.opentelemetry.proto.trace.v1.Span server = spans.get("GET /cart");
            assertEquals(SpanKind.SPAN_KIND_SERVER, server.getKind());
            assertEquals("b7ad6b7169203331", HexFormat.of().formatHex(server.getParentSpanId().toByteArray()));
            Map<String, String> attributes = strings(server.getAttributesList());
            assertEquals("GET", attributes.get("http.request.method"));
            assertEquals("200", attributes.get("http.response.status_code"));
            assertEquals("/cart/7", attributes.get("url.path"));
            assertEquals("https", attributes.get("url.scheme"));
            assertEquals("/cart", attributes.get("http.route"));
            assertEquals("shop.example", attributes.get("server.address"));
            assertEquals("443", attributes.get("server.port"));
            assertEquals("acme", attributes.get("virga.namespace"));

            io.opentelemetry.proto.trace.v1.Span get = spans.get("shop:prices/list@1.0.0 get");
            assertEquals(server.getSpanId(), get.getParentSpanId());
            assertEquals("deadline", strings(get.getAttributesList()).get("error.type"));
            assertEquals("no answer came in time", get.getStatus().getMessage());
            io.opentelemetry.proto.trace.v1.Span out = spans.get("POST");
            assertEquals(SpanKind.SPAN_KIND_CLIENT, out.getKind());
            assertEquals("404", strings(out.getAttributesList()).get("error.type"));
            assertEquals("http://pay.example:80/charge", strings(out.getAttributesList()).get("url.full"));
            assertEquals(3, collector.spans.size());
        }
    }

    @Test
    void metricsReachTheCollectorWithAnExponentialHistogram() throws IOException {
        try (Collecting collector = new Collecting()) {
            try (Telemetry telemetry = Setup.telemetry(collector.environment())) {
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP);
                shop.answered(200, Duration.ofMillis(1).toNanos(), "/");
                shop.answered(200, Duration.ofMillis(1).toNanos(), "/");
                shop.answered(503, Duration.ofSeconds(2).toNanos(), "/");
                shop.cpu(1_500_000_000);
            }
            Map<String, Metric> metrics = collector.metrics.stream()
                    .collect(toMap(Metric::getName, Function.identity(), (first, later) -> first));
            Map<String, Long> requests = metrics.get("virga.requests").getSum().getDataPointsList().stream()
                    .collect(toMap(p -> strings(p.getAttributesList()).get("status"), p -> p.getAsInt()));
            assertEquals(Map.of("2xx", 2L, "5xx", 1L), requests);
            assertTrue(metrics.get("virga.requests").getSum().getIsMonotonic());
            assertEquals(1.5, metrics.get("virga.cpu").getSum().getDataPoints(0).getAsDouble());
            assertEquals("s", metrics.get("virga.cpu").getUnit());

            ExponentialHistogramDataPoint latency =
                    metrics.get("virga.request.duration").getExponentialHistogram().getDataPoints(0);
            assertEquals(3, latency.getCount());
            assertEquals(2.002, latency.getSum(), 1e-9);
            double base = Math.pow(2, Math.pow(2, -latency.getScale()));
            int first = latency.getPositive().getOffset();
            assertTrue(Math.pow(base, first) < 0.001 && 0.001 <= Math.pow(base, first + 1));
            assertEquals(2, latency.getPositive().getBucketCounts(0));
            int last = first + latency.getPositive().getBucketCountsCount() - 1;
            assertTrue(Math.pow(base, last) < 2 + 1e-9 && 2 <= Math.pow(base, last + 1) + 1e-9);
        }
    }

    @Test
    void logLinesReachTheCollectorWithTheirTrace() throws IOException {
        try (Collecting collector = new Collecting()) {
            try (Telemetry telemetry = Setup.telemetry(collector.environment());
                    WorkloadTelemetry shop = telemetry.workload(Setup.SHOP);
                    Span span = telemetry.tracing().server(REQUEST, INCOMING)) {
                shop.log().line(LogLevel.WARN,
                        new LogOrigin(LogSource.GUEST_LOG, "api", "r9", span.traceId(), span.spanId()), "low on \033stock");
            }
            LogRecord log = collector.logs.getFirst();
            assertEquals("low on \033stock", log.getBody().getStringValue());
            assertEquals("WARN", log.getSeverityText());
            assertEquals("0af7651916cd43dd8448eb211c80319c",
                    HexFormat.of().formatHex(log.getTraceId().toByteArray()));
            Map<String, String> attributes = strings(log.getAttributesList());
            assertEquals("r9", attributes.get("virga.request_id"));
            assertEquals("guest-log", attributes.get("virga.source"));
            assertEquals("shop", attributes.get("virga.workload"));
        }
    }

    @Test
    void theStandardVariablesNameServiceHeadersAndResource() throws IOException {
        try (Collecting collector = new Collecting()) {
            Map<String, String> environment = new HashMap<>(collector.environment());
            environment.put("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20abc");
            environment.put("OTEL_SERVICE_NAME", "edge");
            environment.put("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
            environment.put("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
            environment.put("OTEL_METRICS_EXPORTER", "none");
            try (Telemetry telemetry = Setup.telemetry(environment)) {
                telemetry.tracing().server(REQUEST, TraceContext.NONE).close();
            }
            Map<String, String> resource = strings(collector.resources.getFirst().getAttributesList());
            assertEquals("edge", resource.get("service.name"));
            assertEquals("host 1", resource.get("service.instance.id"));
            assertEquals("test", resource.get("deployment.environment.name"));
            assertTrue(collector.authorization.contains("Bearer abc"));
            assertTrue(collector.metrics.isEmpty());
        }
    }

    @Test
    void resourceAttributesOfTheUserWin() throws IOException {
        try (Collecting collector = new Collecting()) {
            Map<String, String> environment = new HashMap<>(collector.environment());
            environment.put("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=mine,service.name=shopfront");
            try (Telemetry telemetry = Setup.telemetry(environment)) {
                telemetry.tracing().server(REQUEST, TraceContext.NONE).close();
            }
            Map<String, String> resource = strings(collector.resources.getFirst().getAttributesList());
            assertEquals("mine", resource.get("service.instance.id"));
            assertEquals("shopfront", resource.get("service.name"));
        }
    }

    @Test
    void aSamplerThatTakesNothingStillPassesTheTraceOn() throws IOException {
        try (Collecting collector = new Collecting()) {
            Map<String, String> environment = new HashMap<>(collector.environment());
            environment.put("OTEL_TRACES_SAMPLER", "always_off");
            try (Telemetry telemetry = Setup.telemetry(environment);
                    Span span = telemetry.tracing().server(REQUEST, INCOMING)) {
                assertTrue(span.context().traceparent().startsWith("00-0af7651916cd43dd8448eb211c80319c-"));
                assertTrue(span.context().traceparent().endsWith("-00"));
            }
            assertTrue(collector.spans.isEmpty());
        }
    }

    @Test
    void nothingRunsUnlessAVariableNamesACollector() throws IOException {
        try (Telemetry none = Setup.telemetry(Map.of("OTEL_SERVICE_NAME", "edge"))) {
            assertFalse(none.tracing().on());
        }
        try (Collecting collector = new Collecting()) {
            Map<String, String> environment = new HashMap<>(collector.environment());
            environment.put("OTEL_SDK_DISABLED", "true");
            try (Telemetry disabled = Setup.telemetry(environment)) {
                assertFalse(disabled.tracing().on());
            }
        }
    }

    @Test
    void whatIsWrongInAVariableIsSaid() {
        TelemetryException e = assertThrows(TelemetryException.class, () -> Setup.telemetry(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_TRACES_SAMPLER", "sometimes")));
        assertTrue(e.getMessage().contains("sometimes"), e.getMessage());
    }

    @Test
    void aCollectorThatNeverAnswersHoldsNothingUpAndIsCounted() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Telemetry telemetry = Setup.telemetry(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + silent.getLocalPort(),
                    "OTEL_EXPORTER_OTLP_TIMEOUT", "200"));
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                try (telemetry; WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
                    for (int i = 0; i < 20_000; i++) {
                        telemetry.tracing().server(REQUEST, TraceContext.NONE).close();
                    }
                    shop.log().line(LogLevel.INFO, Setup.STDOUT, "still here");
                    long dropped = Setup.exposition(telemetry).stream()
                            .filter(line -> line.startsWith("virga_otlp_dropped_total{signal=\"traces\"} "))
                            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                            .findFirst()
                            .orElseThrow();
                    assertTrue(dropped > 10_000, "dropped " + dropped);
                }
            });
        }
    }
}
