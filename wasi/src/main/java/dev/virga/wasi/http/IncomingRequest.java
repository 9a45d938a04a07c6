package dev.virga.wasi.http;

import dev.virga.component.Result;
import java.util.Optional;

/** {@code wasi:http/types.incoming-request}. */
public final class IncomingRequest implements AutoCloseable {

    private final Method method;
    private final Optional<String> pathWithQuery;
    private final Optional<Scheme> scheme;
    private final Optional<String> authority;
    private final Fields headers;
    private final IncomingContent content;
    private final int fieldLimit;
    private boolean consumed;

    public IncomingRequest(
            Method method,
            Optional<String> pathWithQuery,
            Optional<Scheme> scheme,
            Optional<String> authority,
            Fields headers,
            IncomingContent content,
            int fieldLimit) {
        this.method = method;
        this.pathWithQuery = pathWithQuery;
        this.scheme = scheme;
        this.authority = authority;
        this.headers = headers;
        this.content = content;
        this.fieldLimit = fieldLimit;
    }

    /** {@code [method]incoming-request.method}. */
    public Method method() {
        return method;
    }

    /** {@code [method]incoming-request.path-with-query}. */
    public Optional<String> pathWithQuery() {
        return pathWithQuery;
    }

    /** {@code [method]incoming-request.scheme}. */
    public Optional<Scheme> scheme() {
        return scheme;
    }

    /** {@code [method]incoming-request.authority}. */
    public Optional<String> authority() {
        return authority;
    }

    /** {@code [method]incoming-request.headers}. */
    public Fields headers() {
        return headers;
    }

    /** {@code [method]incoming-request.consume}. */
    public Result<IncomingBody, Void> consume() {
        if (consumed) {
            return Result.err();
        }
        consumed = true;
        return Result.ok(new IncomingBody(content, fieldLimit));
    }

    @Override
    public void close() {}
}
