package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.wasi.io.Pollable;
import dev.virga.wasi.io.Signal;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code wasi:http/types.future-incoming-response}: the answer to an outgoing request, once it begins. */
public final class FutureIncomingResponse implements AutoCloseable {

    private final Signal signal = new Signal();
    private final Consumer<HttpFailure> cancel;
    private Optional<Result<IncomingResponse, ErrorCode>> outcome = Optional.empty();
    private boolean taken;

    /** @param cancel stops the request */
    FutureIncomingResponse(Consumer<HttpFailure> cancel) {
        this.cancel = cancel;
    }

    /** {@code [method]future-incoming-response.subscribe}. */
    public Pollable subscribe() {
        return new Pollable(signal, this::known);
    }

    /** {@code [method]future-incoming-response.get}. */
    public synchronized Optional<Result<Result<IncomingResponse, ErrorCode>, Void>> get() {
        if (outcome.isEmpty()) {
            return Optional.empty();
        }
        if (taken) {
            return Optional.of(Result.err());
        }
        taken = true;
        return Optional.of(Result.ok(outcome.get()));
    }

    /** Nobody will look at the answer. */
    @Override
    public void close() {
        boolean unused;
        synchronized (this) {
            unused = !taken;
            taken = true;
        }
        if (unused) {
            cancel.accept(new HttpFailure(new ErrorCode.ConnectionTerminated()));
        }
    }

    /** Makes the outcome known; the first one counts. */
    void complete(Result<IncomingResponse, ErrorCode> result) {
        synchronized (this) {
            if (outcome.isPresent()) {
                return;
            }
            outcome = Optional.of(result);
        }
        signal.wake();
    }

    synchronized boolean known() {
        return outcome.isPresent();
    }
}
