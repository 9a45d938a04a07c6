package dev.virga.wasi.io;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** {@code pollable}: a condition that a guest can test and wait for. */
public class Pollable {

    private static final Signal NEVER = new Signal();

    private final Signal signal;
    private final BooleanSupplier ready;

    /**
     * @param signal woken whenever the condition may have become true
     * @param ready the condition; must not block
     */
    public Pollable(Signal signal, BooleanSupplier ready) {
        this.signal = Objects.requireNonNull(signal);
        this.ready = Objects.requireNonNull(ready);
    }

    /** A pollable that is always ready. */
    public static Pollable always() {
        return new Pollable(NEVER, () -> true);
    }

    /** For conditions that only time makes true; they overrule {@link #nanosLeft}. */
    protected Pollable(BooleanSupplier ready) {
        this(NEVER, ready);
    }

    /** {@code [method]pollable.ready}. */
    public final boolean ready() {
        boolean now = isReady();
        if (!now) {
            Thread.yield(); // a guest that asks in a loop must not keep others from making it ready
        }
        return now;
    }

    final boolean isReady() {
        return ready.getAsBoolean();
    }

    /** {@code [method]pollable.block}. */
    public final void block() {
        Poll.await(List.of(this));
    }

    /** How long to wait before looking again if no signal comes. */
    protected long nanosLeft() {
        return Long.MAX_VALUE;
    }

    final Signal signal() {
        return signal;
    }
}
