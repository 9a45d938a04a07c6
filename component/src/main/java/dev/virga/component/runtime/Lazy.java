package dev.virga.component.runtime;

import java.util.Objects;
import java.util.function.Supplier;

/** A value made when it is first asked for, once for all threads. */
final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private volatile T value;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = Objects.requireNonNull(maker.get());
                    value = made;
                }
            }
        }
        return made;
    }
}
