package dev.virga.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector that takes OTLP over HTTP and keeps all that it is sent. */
public final class Collecting implements AutoCloseable {

    public final List<Span> spans = new CopyOnWriteArrayList<>();
    final List<Metric> metrics = new CopyOnWriteArrayList<>();
    final List<LogRecord> logs = new CopyOnWriteArrayList<>();
    final List<Resource> resources = new CopyOnWriteArrayList<>();
    final List<String> authorization = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public Collecting() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", exchange -> take(exchange, in ->
                ExportTraceServiceRequest.parseFrom(in).getResourceSpansList().forEach(all -> {
                    resources.add(all.getResource());
                    all.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
                })));
        server.createContext("/v1/metrics", exchange -> take(exchange, in ->
                ExportMetricsServiceRequest.parseFrom(in).getResourceMetricsList().forEach(all ->
                        all.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList())))));
        server.createContext("/v1/logs", exchange -> take(exchange, in ->
                ExportLogsServiceRequest.parseFrom(in).getResourceLogsList().forEach(all ->
                        all.getScopeLogsList().forEach(scope -> logs.addAll(scope.getLogRecordsList())))));
        server.start();
    }

    private interface Body {
        void read(InputStream in) throws IOException;
    }

    private void take(HttpExchange exchange, Body body) throws IOException {
        try (exchange) {
            authorization.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            InputStream in = exchange.getRequestBody();
            body.read("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(in) : in);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    public Map<String, String> environment() {
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
