package dev.virga.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Unary gRPC calls over the HTTP/2 client that the host has anyway. A call that fails is not repeated. */
final class GrpcSenderOnJetty implements GrpcSender {

    private static final int MAX_THREADS = 6;
    private static final int MAX_QUEUED = 16;
    private static final int MAX_RESPONSE = 1 << 20;

    private final GrpcSenderConfig config;
    private final URI target;
    private final HttpClient client;

    GrpcSenderOnJetty(GrpcSenderConfig config) {
        this.config = config;
        this.target = config.getEndpoint().resolve("/" + config.getFullMethodName());
        this.client = client(config);
        try {
            client.start();
        } catch (Exception e) {
            LifeCycle.stop(client);
            throw new IllegalStateException("the gRPC client does not start: " + e.getMessage(), e);
        }
    }

    private static HttpClient client(GrpcSenderConfig config) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (config.getSslContext() != null) {
            tls.setSslContext(config.getSslContext());
        }
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        connector.setConnectTimeout(config.getConnectTimeout());
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("virga-otlp-grpc");
        threads.setDaemon(true);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(connector)));
        client.setExecutor(threads);
        client.setFollowRedirects(false);
        client.setMaxRequestsQueuedPerDestination(MAX_QUEUED);
        return client;
    }

    @Override
    public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
        byte[] frame;
        try {
            frame = GrpcFrame.of(message, config.getCompressor());
        } catch (IOException e) {
            onError.accept(e);
            return;
        }
        Request request = client.POST(target)
                .timeout(config.getTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .headers(headers -> {
                    headers.put("te", "trailers");
                    if (config.getCompressor() != null) {
                        headers.put("grpc-encoding", config.getCompressor().getEncoding());
                    }
                    config.getHeadersSupplier().get().forEach(headers::put);
                })
                .body(new BytesRequestContent("application/grpc", frame));
        request.send(new BufferingResponseListener(MAX_RESPONSE) {
            @Override
            public void onComplete(Result result) {
                if (result.isFailed()) {
                    onError.accept(result.getFailure());
                } else {
                    onResponse.accept(GrpcFrame.response(result.getResponse(), getContent()));
                }
            }
        });
    }

    @Override
    public CompletableResultCode shutdown() {
        try {
            client.stop();
            return CompletableResultCode.ofSuccess();
        } catch (Exception e) {
            return CompletableResultCode.ofExceptionalFailure(e);
        }
    }
}
