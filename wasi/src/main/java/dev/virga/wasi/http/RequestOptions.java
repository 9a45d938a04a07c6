package dev.virga.wasi.http;

import dev.virga.component.Result;
import java.util.Optional;

/** {@code wasi:http/types.request-options}: timeouts in nanoseconds, unsigned. */
public final class RequestOptions {

    private Optional<Long> connect = Optional.empty();
    private Optional<Long> firstByte = Optional.empty();
    private Optional<Long> betweenBytes = Optional.empty();

    /** {@code [method]request-options.connect-timeout}. */
    public Optional<Long> connectTimeout() {
        return connect;
    }

    /** {@code [method]request-options.set-connect-timeout}. */
    public Result<Void, Void> setConnectTimeout(Optional<Long> duration) {
        connect = duration;
        return Result.ok();
    }

    /** {@code [method]request-options.first-byte-timeout}. */
    public Optional<Long> firstByteTimeout() {
        return firstByte;
    }

    /** {@code [method]request-options.set-first-byte-timeout}. */
    public Result<Void, Void> setFirstByteTimeout(Optional<Long> duration) {
        firstByte = duration;
        return Result.ok();
    }

    /** {@code [method]request-options.between-bytes-timeout}. */
    public Optional<Long> betweenBytesTimeout() {
        return betweenBytes;
    }

    /** {@code [method]request-options.set-between-bytes-timeout}. */
    public Result<Void, Void> setBetweenBytesTimeout(Optional<Long> duration) {
        betweenBytes = duration;
        return Result.ok();
    }
}
