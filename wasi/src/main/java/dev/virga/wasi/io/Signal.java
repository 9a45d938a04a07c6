package dev.virga.wasi.io;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wakes whoever waits for a change of some state. Who changes the state calls {@link #wake}. */
public final class Signal {

    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

    /** Makes every waiting thread look at the state again. Never blocks. */
    public void wake() {
        waiters.forEach(Waiter::wake);
    }

    void add(Waiter waiter) {
        waiters.add(waiter);
    }

    void remove(Waiter waiter) {
        waiters.remove(waiter);
    }
}
