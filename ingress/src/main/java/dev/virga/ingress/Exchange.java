package dev.virga.ingress;

import dev.virga.component.Result;
import dev.virga.wasi.http.BodySink;
import dev.virga.wasi.http.ErrorCode;
import dev.virga.wasi.http.Fields;
import dev.virga.wasi.http.HttpFailure;
import dev.virga.wasi.http.IncomingContent;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.Method;
import dev.virga.wasi.http.OutgoingContent;
import dev.virga.wasi.http.OutgoingResponse;
import dev.virga.wasi.http.ResponseOutparam;
import dev.virga.wasi.http.Scheme;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * One request and its answer. The answer begins when the guest gives its head and is whole when the
 * guest has finished the body, which may be before or after its handler returns.
 */
public final class Exchange implements ResponseOutparam.Responder {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final long id;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final IncomingContent content;
    private final IncomingRequest incoming;

    private Optional<OutgoingContent> body = Optional.empty();
    private Optional<Consumer<String>> interrupter = Optional.empty();
    private Optional<String> interrupted = Optional.empty();
    private Optional<String> complaint = Optional.empty();
    private boolean answered;
    private boolean sent;
    private boolean served;
    private boolean completed;

    Exchange(long id, Request request, Response response, Callback callback, ServeLimits limits) {
        this.id = id;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.content = new IncomingContent(
                request, request::getTrailers, _ -> {}, limits.bodyBytes(), Optional.empty());
        this.incoming = new IncomingRequest(
                Method.of(request.getMethod()),
                Optional.ofNullable(request.getHttpURI().getPathQuery()),
                Optional.of(request.isSecure() ? new Scheme.Https() : new Scheme.Http()),
                Optional.ofNullable(request.getHttpURI().getAuthority()),
                Fields.received(request.getHeaders(), limits.headerBytes()),
                content,
                limits.headerBytes());
    }

    /** Counts the server's requests. */
    public long id() {
        return id;
    }

    public IncomingRequest request() {
        return incoming;
    }

    /** Where the answer goes. */
    public ResponseOutparam answer() {
        return new ResponseOutparam(this);
    }

    /** Tells how to stop whoever works on the answer; called at once if it should have stopped already. */
    public void onInterrupt(Consumer<String> stop) {
        Optional<String> reason;
        synchronized (this) {
            interrupter = Optional.of(stop);
            reason = interrupted;
        }
        reason.ifPresent(stop);
    }

    @Override
    public void respond(Result<OutgoingResponse, ErrorCode> result) {
        switch (result) {
            case Result.Ok<OutgoingResponse, ErrorCode>(OutgoingResponse answer) -> begin(answer);
            case Result.Err<OutgoingResponse, ErrorCode>(ErrorCode code) ->
                refuse("the guest answered with the error " + code.text());
        }
    }

    @Override
    public Result<Void, ErrorCode> inform(int status, Fields headers) {
        if (!HttpStatus.isInformational(status) || status == SWITCHING_PROTOCOLS) {
            return Result.err(new ErrorCode.HttpProtocolError());
        }
        HttpFields.Mutable fields = HttpFields.build();
        headers.copyTo(fields);
        try {
            response.writeInterim(status, fields).join();
            return Result.ok();
        } catch (CompletionException | IllegalStateException e) {
            return Result.err(new ErrorCode.ConnectionTerminated());
        }
    }

    private void begin(OutgoingResponse answer) {
        synchronized (this) {
            if (completed) { // as after a timeout
                answer.close();
                return;
            }
            answered = true;
            body = answer.content();
        }
        response.setStatus(Short.toUnsignedInt(answer.statusCode()));
        answer.headers().copyTo(response.getHeaders());
        if (body.isPresent()) {
            stream(body.get());
        } else if (missesBody()) {
            refuse("the guest promised a body with content-length and gave none");
        } else {
            response.write(true, BufferUtil.EMPTY_BUFFER, Callback.from(this::sent, this::lost));
        }
    }

    /** Answers to HEAD and 304 tell the length of a body that does not follow (RFC 9110, 8.6). */
    private boolean missesBody() {
        return response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0
                && !HttpMethod.HEAD.is(request.getMethod())
                && response.getStatus() != HttpStatus.NOT_MODIFIED_304;
    }

    private void stream(OutgoingContent content) {
        boolean framedByLength = content.length().isPresent()
                && request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
        if (!framedByLength) { // HTTP/1.1 has trailers behind chunks only
            response.setTrailersSupplier(() -> content.trailers().orElse(null));
        }
        content.connect(new BodySink() {
            @Override
            public void begin(Callback begun) {
                response.write(false, BufferUtil.EMPTY_BUFFER, Callback.from(begun::succeeded, cause -> {
                    begun.failed(cause);
                    lost(cause);
                }));
            }

            @Override
            public void write(boolean last, ByteBuffer bytes, Callback written) {
                response.write(last, bytes, Callback.from(
                        () -> {
                            written.succeeded();
                            if (last) {
                                sent();
                            }
                        },
                        cause -> {
                            written.failed(cause);
                            lost(cause);
                        }));
            }

            @Override
            public void abort(HttpFailure cause) {
                lost(cause);
            }
        });
    }

    /** Stops the work on this request, with an answer if none has begun. */
    void interrupt(int status, String reason) {
        Optional<Consumer<String>> stop;
        synchronized (this) {
            if (served) {
                return;
            }
            interrupted = Optional.of(reason);
            stop = interrupter;
        }
        fail(status); // first, or the service would answer for itself
        stop.ifPresent(s -> s.accept(reason));
    }

    /** The answer is of no use. */
    private void refuse(String why) {
        synchronized (this) {
            complaint = Optional.of(why);
        }
        lostOrFailed(false, HttpStatus.INTERNAL_SERVER_ERROR_500);
    }

    /** Answers for a guest that did not; a message that has begun is cut short. */
    void fail(int status) {
        boolean begun;
        synchronized (this) {
            begun = answered;
        }
        lostOrFailed(begun, status);
    }

    private void lostOrFailed(boolean begun, int status) {
        if (begun) {
            lost(new HttpFailure(new ErrorCode.ConnectionTerminated()));
        } else if (complete()) {
            Response.writeError(request, response, callback, status);
        }
    }

    /** The client has gone, or the answer cannot be brought to its end. */
    void lost(Throwable cause) {
        if (complete()) {
            callback.failed(cause);
        }
        Optional<OutgoingContent> out;
        synchronized (this) {
            out = body;
        }
        out.ifPresent(OutgoingContent::disconnect);
    }

    private void sent() {
        synchronized (this) {
            sent = true;
        }
        completeIfDone();
    }

    /** The service has returned: nobody will read the request or answer any more. */
    void served() {
        synchronized (this) {
            served = true;
            if (!answered && !completed) {
                complaint = Optional.of("the guest returned without an answer");
            }
        }
        if (complaint().isPresent()) {
            fail(HttpStatus.INTERNAL_SERVER_ERROR_500);
        }
        completeIfDone();
    }

    /** What was wrong with the answer, for the log. */
    synchronized Optional<String> complaint() {
        return complaint;
    }

    /** A guest may read the request to its end after it has answered, but not longer than it runs. */
    private void completeIfDone() {
        boolean done;
        synchronized (this) {
            done = sent && (served || content.finished());
        }
        if (done && complete()) {
            callback.succeeded();
        }
    }

    /** Whether the caller is the one to complete the exchange; nothing of it may be used afterwards. */
    private boolean complete() {
        synchronized (this) {
            if (completed) {
                return false;
            }
            completed = true;
        }
        content.abandon(new HttpFailure(new ErrorCode.ConnectionTerminated()));
        return true;
    }
}
