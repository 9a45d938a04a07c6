package dev.virga.ingress;

import dev.virga.component.Result;
import dev.virga.wasi.http.BodySink;
import dev.virga.wasi.http.ErrorCode;
import dev.virga.wasi.http.Fields;
import dev.virga.wasi.http.HttpFailure;
import dev.virga.wasi.http.OutgoingContent;
import dev.virga.wasi.http.OutgoingResponse;
import dev.virga.wasi.http.ResponseOutparam;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Brings the answer that a guest gives to the client. */
final class GuestAnswer implements ResponseOutparam.Responder {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Exchange exchange;
    private final Request request;
    private final Response response;

    GuestAnswer(Exchange exchange, Request request, Response response) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
    }

    @Override
    public void respond(Result<OutgoingResponse, ErrorCode> result) {
        switch (result) {
            case Result.Ok<OutgoingResponse, ErrorCode>(OutgoingResponse answer) -> begin(answer);
            case Result.Err<OutgoingResponse, ErrorCode>(ErrorCode code) ->
                exchange.spoil("the guest answered with the error " + code.text());
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
        Optional<OutgoingContent> body = answer.content();
        if (!exchange.begin()) {
            answer.close();
            return;
        }
        body.ifPresent(exchange::answeredBy);
        response.setStatus(Short.toUnsignedInt(answer.statusCode()));
        answer.headers().copyTo(response.getHeaders());
        if (body.isPresent()) {
            stream(body.get());
        } else if (missesBody()) {
            exchange.spoil("the guest promised a body with content-length and gave none");
        } else {
            response.write(true, BufferUtil.EMPTY_BUFFER, Callback.from(exchange::sent, exchange::lost));
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
                    exchange.lost(cause);
                }));
            }

            @Override
            public void write(boolean last, ByteBuffer bytes, Callback written) {
                response.write(last, bytes, Callback.from(
                        () -> {
                            written.succeeded();
                            if (last) {
                                exchange.sent();
                            }
                        },
                        cause -> {
                            written.failed(cause);
                            exchange.lost(cause);
                        }));
            }

            @Override
            public void abort(HttpFailure cause) {
                exchange.lost(cause);
            }
        });
    }
}
