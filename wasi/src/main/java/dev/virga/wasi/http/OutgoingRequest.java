package dev.virga.wasi.http;

import dev.virga.component.Result;
import java.util.Optional;

/** {@code wasi:http/types.outgoing-request}. */
public final class OutgoingRequest implements AutoCloseable {

    private final Fields headers;
    private Method method = new Method.Get();
    private Optional<String> pathWithQuery = Optional.empty();
    private Optional<Scheme> scheme = Optional.empty();
    private Optional<String> authority = Optional.empty();
    private Optional<OutgoingContent> content = Optional.empty();

    OutgoingRequest(Fields headers) {
        this.headers = headers.immutable();
    }

    /** {@code [method]outgoing-request.body}. */
    public Result<OutgoingBody, Void> body() {
        if (content.isPresent()) {
            return Result.err();
        }
        OutgoingContent body = new OutgoingContent(headers.contentLength(), ErrorCode.HttpRequestBodySize::new);
        content = Optional.of(body);
        return Result.ok(new OutgoingBody(body));
    }

    /** {@code [method]outgoing-request.method}. */
    public Method method() {
        return method;
    }

    /** {@code [method]outgoing-request.set-method}. */
    public Result<Void, Void> setMethod(Method value) {
        if (!FieldSyntax.token(value.text())) {
            return Result.err();
        }
        method = value;
        return Result.ok();
    }

    /** {@code [method]outgoing-request.path-with-query}. */
    public Optional<String> pathWithQuery() {
        return pathWithQuery;
    }

    /** {@code [method]outgoing-request.set-path-with-query}. */
    public Result<Void, Void> setPathWithQuery(Optional<String> value) {
        if (!value.map(UriSyntax::pathWithQuery).orElse(true)) {
            return Result.err();
        }
        pathWithQuery = value;
        return Result.ok();
    }

    /** {@code [method]outgoing-request.scheme}. */
    public Optional<Scheme> scheme() {
        return scheme;
    }

    /** {@code [method]outgoing-request.set-scheme}. */
    public Result<Void, Void> setScheme(Optional<Scheme> value) {
        if (value.isPresent() && value.get() instanceof Scheme.Other(String name) && !UriSyntax.scheme(name)) {
            return Result.err();
        }
        scheme = value;
        return Result.ok();
    }

    /** {@code [method]outgoing-request.authority}. */
    public Optional<String> authority() {
        return authority;
    }

    /** {@code [method]outgoing-request.set-authority}. */
    public Result<Void, Void> setAuthority(Optional<String> value) {
        if (value.isPresent() && UriSyntax.Authority.of(value.get()).isEmpty()) {
            return Result.err();
        }
        authority = value;
        return Result.ok();
    }

    /** {@code [method]outgoing-request.headers}. */
    public Fields headers() {
        return headers;
    }

    /** What the guest writes as the body, if it asked for one. */
    Optional<OutgoingContent> content() {
        return content;
    }

    /** Not sent: what was written as its body goes nowhere. */
    @Override
    public void close() {
        content.ifPresent(OutgoingContent::disconnect);
    }
}
