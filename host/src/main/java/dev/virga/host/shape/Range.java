package dev.virga.host.shape;

import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The least and the greatest of something that is ordered as its numbers are. */
record Range<T>(long min, long max, ToLongFunction<T> number, LongFunction<T> value, Function<T, String> print) {

    static <T> Range<T> all() {
        return new Range<>(0, 0, _ -> 0, _ -> null, _ -> "");
    }

    T within(T candidate) {
        long n = number.applyAsLong(candidate);
        if (n < min) {
            throw new IllegalArgumentException(
                    print.apply(candidate) + " is less than " + print.apply(value.apply(min)));
        }
        if (n > max) {
            throw new IllegalArgumentException(
                    print.apply(candidate) + " is more than " + print.apply(value.apply(max)));
        }
        return candidate;
    }
}
