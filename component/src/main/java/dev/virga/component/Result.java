package dev.virga.component;

import java.util.Objects;
import java.util.function.Function;

/**
 * A WIT {@code result<T, E>}. A missing payload type is {@link Void}, its value null.
 */
public sealed interface Result<T, E> {

    record Ok<T, E>(T value) implements Result<T, E> {}

    record Err<T, E>(E error) implements Result<T, E> {}

    static <T, E> Result<T, E> ok(T value) {
        return new Ok<>(value);
    }

    static <E> Result<Void, E> ok() {
        return new Ok<>(null);
    }

    static <T, E> Result<T, E> err(E error) {
        return new Err<>(error);
    }

    static <T> Result<T, Void> err() {
        return new Err<>(null);
    }

    default boolean isOk() {
        return this instanceof Ok;
    }

    /** The value of {@code ok}, or what {@code otherwise} makes or throws of the error. */
    default T orElse(Function<? super E, ? extends T> otherwise) {
        Objects.requireNonNull(otherwise);
        return switch (this) {
            case Ok<T, E>(T value) -> value;
            case Err<T, E>(E error) -> otherwise.apply(error);
        };
    }
}
