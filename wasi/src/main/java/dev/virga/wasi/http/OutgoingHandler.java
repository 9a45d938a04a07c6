package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.wasi.http.UriSyntax.Authority;
import java.util.Optional;

/** {@code wasi:http/outgoing-handler}: checks a request and sends it. */
public final class OutgoingHandler {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final HttpSender sender;
    private final OutgoingTrace trace;

    public OutgoingHandler(HttpSender sender, OutgoingTrace trace) {
        this.sender = sender;
        this.trace = trace;
    }

    /** {@code outgoing-handler.handle}. */
    public Result<FutureIncomingResponse, ErrorCode> handle(
            OutgoingRequest request, Optional<RequestOptions> options) {
        Result<FutureIncomingResponse, ErrorCode> result =
                send(request, options.orElseGet(RequestOptions::new));
        if (!result.isOk()) {
            request.close();
        }
        return result;
    }

    private Result<FutureIncomingResponse, ErrorCode> send(OutgoingRequest request, RequestOptions options) {
        if (request.method() instanceof Method.Connect) { // makes a tunnel, which is more than a request
            return Result.err(new ErrorCode.HttpRequestMethodInvalid());
        }
        Scheme scheme = request.scheme().orElseGet(Scheme.Https::new);
        if (scheme instanceof Scheme.Other) {
            return Result.err(new ErrorCode.HttpProtocolError());
        }
        Optional<Authority> authority = request.authority().flatMap(Authority::of);
        if (authority.isEmpty()) {
            return Result.err(new ErrorCode.HttpRequestUriInvalid());
        }
        boolean secure = scheme instanceof Scheme.Https;
        int port = authority.get().port().orElse(secure ? HTTPS_PORT : HTTP_PORT);
        return sender.send(new HttpSender.Target(secure, authority.get(), port), request, options, trace);
    }
}
