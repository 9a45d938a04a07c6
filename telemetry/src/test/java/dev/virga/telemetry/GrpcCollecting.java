package dev.virga.telemetry;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A collector that takes OTLP over gRPC, without TLS, and keeps all that it is sent. */
final class GrpcCollecting implements AutoCloseable {

    final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    /** @param status of gRPC that each call is answered with */
    GrpcCollecting(int status) throws Exception {
        ServerConnector connector =
                new ServerConnector(server, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        server.setConnectors(new ServerConnector[] {connector});
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                InputStream message = message(request);
                switch (request.getHttpURI().getPath()) {
                    case "/opentelemetry.proto.collector.trace.v1.TraceService/Export" ->
                        traces.add(ExportTraceServiceRequest.parseFrom(message));
                    case "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" ->
                        metrics.add(ExportMetricsServiceRequest.parseFrom(message));
                    case "/opentelemetry.proto.collector.logs.v1.LogsService/Export" ->
                        logs.add(ExportLogsServiceRequest.parseFrom(message));
                    default -> throw new IllegalStateException(request.getHttpURI().getPath());
                }
                response.getHeaders().put("content-type", "application/grpc");
                response.setTrailersSupplier(() -> HttpFields.build().put("grpc-status", Integer.toString(status)));
                response.write(true, ByteBuffer.allocate(5), callback);
                return true;
            }
        });
        server.start();
    }

    private static InputStream message(Request request) throws Exception {
        DataInputStream in = new DataInputStream(Content.Source.asInputStream(request));
        boolean compressed = in.readByte() == 1;
        byte[] message = in.readNBytes(in.readInt());
        if (in.read() != -1) {
            throw new IllegalStateException("more than one message");
        }
        InputStream bytes = new ByteArrayInputStream(message);
        return compressed ? new GZIPInputStream(bytes) : bytes;
    }

    Map<String, String> environment() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port,
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
