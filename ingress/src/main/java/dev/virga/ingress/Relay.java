package dev.virga.ingress;

import dev.virga.wasi.http.ErrorCode;
import dev.virga.wasi.http.Failures;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** One request passed on to an upstream, and its answer passed back; neither body is ever held whole. */
final class Relay {

    private final Exchange exchange;
    private final Upstream upstream;
    private final CountDownLatch over = new CountDownLatch(1);

    Relay(Exchange exchange, Upstream upstream) {
        this.exchange = exchange;
        this.upstream = upstream;
    }

    /** Returns when the answer is whole or never will be. */
    void run() {
        org.eclipse.jetty.server.Request from = exchange.jettyRequest();
        Request to = upstream.request(from.getMethod(), from.getHttpURI().getPathQuery())
                .idleTimeout(0, TimeUnit.MILLISECONDS) // the request's own time counts
                .headers(headers -> Relayed.request(exchange.headers(), headers))
                .headers(headers -> headers.put(Trace.REQUEST_ID, exchange.requestId()));
        // the request itself does not fail with the upstream: it still gets an answer
        Peeked body = new Peeked(from, from.getLength(), exchange.bodyBytes(), _ -> {});
        if (!body.empty()) {
            to.body(body).trailersSupplier(() -> Relayed.trailers(Headers.trailers(from.getTrailers())));
        }
        to.onResponseContentSource((response, source) -> answer(to, response, source)).send(this::ended);
        exchange.onInterrupt(reason -> to.abort(new TimeoutException(reason)));
        exchange.onLost(to::abort);
        try {
            over.await();
        } catch (InterruptedException e) {
            to.abort(e);
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Request request, Response from, Content.Source source) {
        if (!exchange.begin()) {
            request.abort(new TimeoutException("the answer came too late"));
            return;
        }
        org.eclipse.jetty.server.Response to = exchange.jettyResponse();
        to.setStatus(from.getStatus());
        Relayed.response(from.getHeaders(), to.getHeaders());
        boolean chunked = !to.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
        if (chunked || exchange.jettyRequest().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            to.setTrailersSupplier(() -> Relayed.trailers(from.getTrailers()));
        }
        Peeked body = new Peeked(source, -1, Long.MAX_VALUE, source::fail);
        Callback done = Callback.from(exchange::sent, exchange::lost);
        if (body.ready()) {
            Content.copy(body, to, done);
        } else { // the head goes first: who streams may have nothing to say for a while
            to.write(false, BufferUtil.EMPTY_BUFFER, Callback.from(() -> Content.copy(body, to, done), done::failed));
        }
    }

    private void ended(Result result) {
        if (result.isFailed()) {
            refuse(result.getFailure());
        }
        over.countDown();
    }

    private void refuse(Throwable failure) {
        if (exchange.over()) { // it was this end that broke off
            return;
        }
        if (tooLong(failure)) {
            exchange.refuse(new Refusal(HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "the body is longer than this route's " + exchange.bodyBytes() + " bytes"));
            return;
        }
        ErrorCode code = Failures.of(failure).code();
        exchange.complain("upstream " + upstream + ": " + code.text());
        exchange.refuse(refusal(code));
    }

    private static boolean tooLong(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Peeked.TooLong) {
                return true;
            }
        }
        return false;
    }

    private static Refusal refusal(ErrorCode code) {
        return switch (code) {
            case ErrorCode.ConnectionTimeout _, ErrorCode.ConnectionReadTimeout _ ->
                new Refusal(HttpStatus.GATEWAY_TIMEOUT_504, "the upstream did not answer in time");
            case ErrorCode.ConnectionRefused _, ErrorCode.DestinationUnavailable _ ->
                new Refusal(HttpStatus.BAD_GATEWAY_502, "the upstream accepts no connections");
            case ErrorCode.DnsError _ -> new Refusal(HttpStatus.BAD_GATEWAY_502, "the upstream's name is not known");
            case ErrorCode.DestinationIpProhibited _ ->
                new Refusal(HttpStatus.BAD_GATEWAY_502, "the upstream's address is not allowed");
            case ErrorCode.TlsCertificateError _, ErrorCode.TlsProtocolError _, ErrorCode.TlsAlertReceived _ ->
                new Refusal(HttpStatus.BAD_GATEWAY_502, "there is no trusted TLS connection to the upstream");
            case ErrorCode.ConnectionLimitReached _ ->
                new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "too many requests wait for the upstream");
            default -> new Refusal(HttpStatus.BAD_GATEWAY_502, "the upstream gave no valid answer");
        };
    }
}
