package dev.virga.ingress;

import dev.virga.wasi.http.ErrorCode;
import dev.virga.wasi.http.Fields;
import dev.virga.wasi.http.HttpFailure;
import dev.virga.wasi.http.IncomingContent;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.Method;
import dev.virga.wasi.http.OutgoingContent;
import dev.virga.wasi.http.ResponseOutparam;
import dev.virga.wasi.http.Scheme;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One request and its answer. The answer begins when the service gives its head and is whole when the
 * body is, which may be before or after the service returns.
 */
public final class Exchange {

    private final long id;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final HttpFields headers;
    private final Trace trace;
    private final Deadline deadline;
    private final int headerBytes;
    private long bodyBytes;

    private Optional<Route> route = Optional.empty();
    private Optional<IncomingContent> content = Optional.empty();
    private Optional<OutgoingContent> answer = Optional.empty();
    private Optional<Consumer<Throwable>> losing = Optional.empty();
    private Optional<Consumer<String>> interrupter = Optional.empty();
    private Optional<String> interrupted = Optional.empty();
    private Optional<String> complaint = Optional.empty();
    private boolean answered;
    private boolean sent;
    private boolean served;
    private boolean completed;

    Exchange(
            long id, Request request, Response response, Callback callback, HttpFields headers, Deadline deadline,
            ServeLimits limits) {
        this.id = id;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.headers = headers;
        this.deadline = deadline;
        this.trace = new Trace(id, headers);
        this.headerBytes = limits.headerBytes();
        this.bodyBytes = limits.bodyBytes();
    }

    /** Counts the server's requests. */
    public long id() {
        return id;
    }

    /** The client's {@code x-request-id} if it is a plain one, and a fresh one otherwise. */
    public String requestId() {
        return trace.requestId();
    }

    /** The W3C trace context that came with the request, if its form is right. */
    public Optional<String> traceparent() {
        return trace.parent();
    }

    public String method() {
        return request.getMethod();
    }

    /** As the client sent it, without query; empty where the target is none, as for CONNECT. */
    public String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    /** Host and port, as the client sent them. */
    public Optional<String> authority() {
        return Optional.ofNullable(request.getHttpURI().getAuthority());
    }

    /** The first value of a request's header as the service sees it. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The address of the connection's other end. */
    public String peer() {
        return Request.getRemoteAddr(request);
    }

    /** Which route led to the service; absent where there is no table of routes. */
    public Optional<Route> route() {
        return route;
    }

    /** The request for a guest; call it once. */
    public IncomingRequest request() {
        IncomingContent incoming = new IncomingContent(
                request, () -> Headers.trailers(request.getTrailers()), _ -> {}, bodyBytes, Optional.empty());
        synchronized (this) {
            content = Optional.of(incoming);
        }
        return new IncomingRequest(
                Method.of(request.getMethod()),
                Optional.ofNullable(request.getHttpURI().getPathQuery()),
                Optional.of(request.isSecure() ? new Scheme.Https() : new Scheme.Http()),
                authority(),
                Fields.received(headers, headerBytes),
                incoming,
                headerBytes);
    }

    /** The status of the answer; 0 as long as none has begun. */
    public int status() {
        return response.getStatus();
    }

    /** Where a guest's answer goes. */
    public ResponseOutparam answer() {
        return new ResponseOutparam(new GuestAnswer(this, request, response));
    }

    /** Answers in the service's place; does nothing once an answer has begun. */
    public void refuse(Refusal refusal) {
        request.setAttribute(Refusal.ATTRIBUTE, refusal);
        fail(refusal.status());
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

    Request jettyRequest() {
        return request;
    }

    Response jettyResponse() {
        return response;
    }

    HttpFields headers() {
        return headers;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    /** How long an answer is still of use. */
    public Duration left() {
        return Duration.ofNanos(deadline.left());
    }

    Deadline deadline() {
        return deadline;
    }

    void routed(Route to) {
        route = Optional.of(to);
        bodyBytes = Math.min(bodyBytes, to.limits().bodyBytes());
    }

    /** Tells who is told when nobody can receive the answer any more; at once if that is so already. */
    void onLost(Consumer<Throwable> told) {
        boolean late;
        synchronized (this) {
            losing = Optional.of(told);
            late = completed;
        }
        if (late) {
            told.accept(new HttpFailure(new ErrorCode.ConnectionTerminated()));
        }
    }

    /** What the answer's body comes from: it is told when nobody receives it any more, or nobody can go on with it. */
    void answeredBy(OutgoingContent body) {
        onLost(_ -> body.disconnect());
        synchronized (this) {
            answer = Optional.of(body);
        }
    }

    /** The head of the answer is about to be given. False if it comes too late, as after a timeout. */
    synchronized boolean begin() {
        answered |= !completed;
        return !completed;
    }

    /** The client of HTTP/1 is told that its connection ends with this answer, if that is still to begin. */
    synchronized void closeAfter() {
        if (!answered && !completed
                && request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
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
        refuse(new Refusal(status, reason)); // first, or the service would answer for itself
        stop.ifPresent(s -> s.accept(reason));
    }

    /** The answer is of no use; the log is told why. */
    void spoil(String why) {
        complain(why);
        lostOrFailed(false, HttpStatus.INTERNAL_SERVER_ERROR_500);
    }

    synchronized void complain(String why) {
        complaint = Optional.of(why);
    }

    /** Answers for a service that did not; a message that has begun is cut short. */
    void fail(int status) {
        boolean begun;
        synchronized (this) {
            begun = answered;
        }
        lostOrFailed(begun, status);
    }

    private void lostOrFailed(boolean begun, int status) {
        if (begun) {
            // Where the head has not gone out yet, the server gives this status in its place.
            lost(new HttpException.RuntimeException(status, new HttpFailure(new ErrorCode.ConnectionTerminated())));
        } else if (complete()) {
            Response.writeError(request, response, callback, status);
        }
    }

    /** The client has gone, or the answer cannot be brought to its end. */
    void lost(Throwable cause) {
        if (complete()) {
            callback.failed(cause);
        }
        Optional<Consumer<Throwable>> told;
        synchronized (this) {
            told = losing;
        }
        told.ifPresent(t -> t.accept(cause));
    }

    /** The answer's last byte was taken. */
    void sent() {
        synchronized (this) {
            sent = true;
        }
        completeIfDone();
    }

    /** The service has returned: nobody will read the request or answer any more. */
    void served() {
        Optional<OutgoingContent> body;
        synchronized (this) {
            served = true;
            body = answer;
            if (!answered && !completed) {
                complaint = Optional.of("the guest returned without an answer");
            }
        }
        body.ifPresent(OutgoingContent::abandon);
        if (complaint().isPresent()) {
            fail(HttpStatus.INTERNAL_SERVER_ERROR_500);
        }
        completeIfDone();
    }

    /** Whether nobody waits for an answer any more. */
    synchronized boolean over() {
        return completed;
    }

    /** What was wrong with the answer, for the log. */
    synchronized Optional<String> complaint() {
        return complaint;
    }

    /** A guest may read the request to its end after it has answered, but not longer than it runs. */
    private void completeIfDone() {
        boolean done;
        synchronized (this) {
            done = sent && (served || content.map(IncomingContent::finished).orElse(true));
        }
        if (done && complete()) {
            callback.succeeded();
        }
    }

    /** Whether the caller is the one to complete the exchange; nothing of it may be used afterwards. */
    private boolean complete() {
        Optional<IncomingContent> read;
        synchronized (this) {
            if (completed) {
                return false;
            }
            completed = true;
            read = content;
        }
        read.ifPresent(c -> c.abandon(new HttpFailure(new ErrorCode.ConnectionTerminated())));
        return true;
    }
}
