package dev.virga.wasi.io;

import dev.virga.component.Result;

/** Takes results apart in tests. */
public final class Results {

    private Results() {}

    public static <T, E> T value(Result<T, E> result) {
        return result.orElse(error -> {
            throw new AssertionError("expected a value, got the error " + error);
        });
    }

    public static <T, E> E error(Result<T, E> result) {
        return switch (result) {
            case Result.Err<T, E>(E error) -> error;
            case Result.Ok<T, E>(T value) -> throw new AssertionError("expected an error, got the value " + value);
        };
    }
}
