package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.wasi.io.Pollable;
import java.io.IOException;
import java.util.Optional;

/** {@code wasi:http/types.future-trailers}: known when the body has ended; what is left of it is skipped. */
public final class FutureTrailers implements AutoCloseable {

    private final IncomingContent content;
    private final int fieldLimit;
    private boolean taken;

    FutureTrailers(IncomingContent content, int fieldLimit) {
        this.content = content;
        this.fieldLimit = fieldLimit;
        content.drain();
    }

    /** {@code [method]future-trailers.subscribe}. */
    public Pollable subscribe() {
        return new Pollable(content.signal(), content::finished);
    }

    /** {@code [method]future-trailers.get}. */
    public Optional<Result<Result<Optional<Fields>, ErrorCode>, Void>> get() {
        if (!content.finished()) {
            return Optional.empty();
        }
        if (taken) {
            return Optional.of(Result.err());
        }
        taken = true;
        return Optional.of(Result.ok(trailers()));
    }

    private Result<Optional<Fields>, ErrorCode> trailers() {
        try {
            return Result.ok(content.trailers().map(fields -> Fields.receivedTrailers(fields, fieldLimit)));
        } catch (IOException e) {
            return Result.err(Failures.of(e).code());
        }
    }

    @Override
    public void close() {
        content.abandon(new HttpFailure(new ErrorCode.ConnectionTerminated()));
    }
}
