package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.wasi.Quota;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** One outgoing request on its way: its head, body and trailers go out, the answer's head comes in. */
final class SentRequest {

    private final HttpClient client;
    private final HttpLimits limits;
    private final Quota.Lease lease;
    private final OutgoingRequest guest;
    private final RequestOptions options;
    private final Request request;
    private final OutgoingTrace.Sent sent;
    private final FutureIncomingResponse answer;
    private Optional<Scheduler.Task> timer = Optional.empty();

    SentRequest(
            HttpClient client,
            HttpSender sender,
            HttpLimits limits,
            HttpSender.Target target,
            OutgoingRequest guest,
            RequestOptions options,
            OutgoingTrace trace,
            Quota.Lease lease) {
        this.client = client;
        this.limits = limits;
        this.lease = lease;
        this.guest = guest;
        this.options = options;
        String host = target.authority().host();
        String path = guest.pathWithQuery()
                .map(p -> p.startsWith("?") ? "/" + p : p)
                .orElse("/");
        this.sent = trace.begin(
                guest.method().text(), target.protocol().label(), host, target.port(), path.split("\\?", 2)[0]);
        // the host is set apart, since not every name is one to java.net.URI, such as my_service
        this.request = client.newRequest("localhost", target.port())
                .host(host)
                .tag(sender)
                .scheme(target.secure() ? "https" : "http")
                .method(guest.method().text())
                .path(path)
                .idleTimeout(0, TimeUnit.MILLISECONDS) // the guest's own timeouts count
                .headers(guest.headers()::copyTo)
                .headers(fields -> {
                    if (sent.headers().keySet().stream().noneMatch(fields::contains)) {
                        sent.headers().forEach(fields::put);
                    }
                });
        this.answer = new FutureIncomingResponse(this::fail);
    }

    FutureIncomingResponse send() {
        if (duration(options.connectTimeout()).isZero()) { // else it would depend on who is faster
            lease.close();
            end(Optional.of(new ErrorCode.ConnectionTimeout()));
            answer.complete(Result.err(new ErrorCode.ConnectionTimeout()));
            guest.content().ifPresent(OutgoingContent::disconnect);
            return answer;
        }
        startTimer(options.connectTimeout(), new ErrorCode.ConnectionTimeout());
        request.onRequestBegin(_ -> startTimer(options.firstByteTimeout(), new ErrorCode.ConnectionReadTimeout()))
                .onResponseContentSource(this::begin);
        guest.content().ifPresent(this::stream);
        request.send(result -> {
            lease.close();
            stopTimer();
            Optional<ErrorCode> failure =
                    Optional.ofNullable(result.getFailure()).map(f -> Failures.of(f).code());
            end(failure);
            if (failure.isPresent()) {
                answer.complete(Result.err(failure.get()));
                guest.content().ifPresent(OutgoingContent::disconnect);
            }
        });
        return answer;
    }

    private void end(Optional<ErrorCode> failure) {
        failure.ifPresent(code -> sent.failed(code.getClass().getSimpleName()));
        sent.ended();
    }

    private void begin(Response response, Content.Source source) {
        stopTimer();
        sent.answered(response.getStatus());
        IncomingContent content = new IncomingContent(
                source,
                response::getTrailers,
                response::abort,
                Long.MAX_VALUE,
                Optional.of(new IncomingContent.Patience(
                        duration(options.betweenBytesTimeout()), client.getScheduler())));
        answer.complete(Result.ok(new IncomingResponse(
                (short) response.getStatus(),
                Fields.received(response.getHeaders(), limits.fieldBytes()),
                content,
                limits.fieldBytes())));
    }

    private void stream(OutgoingContent content) {
        AsyncRequestContent body = new AsyncRequestContent((String) null) {
            @Override
            public long getLength() {
                return content.length().orElse(-1);
            }
        };
        request.body(body).trailersSupplier(() -> content.trailers().orElse(null));
        content.connect(new BodySink() {
            @Override
            public void write(boolean last, ByteBuffer bytes, Callback callback) {
                if (last && bytes.hasRemaining()) { // the callback of an end without bytes may never come
                    body.write(false, bytes, callback);
                    body.close();
                } else if (last) {
                    body.write(true, BufferUtil.EMPTY_BUFFER, Callback.NOOP);
                    callback.succeeded();
                } else {
                    body.write(false, bytes, callback);
                }
            }

            @Override
            public void abort(HttpFailure cause) {
                fail(cause);
            }
        });
    }

    /** Known before the request is aborted, since that waits for a look-up or a handshake to end. */
    private void fail(HttpFailure cause) {
        answer.complete(Result.err(cause.code()));
        request.abort(cause);
    }

    private synchronized void startTimer(Optional<Long> nanos, ErrorCode code) {
        stopTimer();
        if (!answer.known()) {
            timer = Optional.of(client.getScheduler().schedule(
                    () -> fail(new HttpFailure(code)), duration(nanos).toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private synchronized void stopTimer() {
        timer.ifPresent(Scheduler.Task::cancel);
        timer = Optional.empty();
    }

    /** A guest's u64 of nanoseconds, which may be more than a long holds, and never more than the limit. */
    private Duration duration(Optional<Long> nanos) {
        long most = limits.patience().toNanos();
        return nanos.map(n -> Duration.ofNanos(n < 0 ? most : Math.min(n, most))).orElse(limits.patience());
    }
}
