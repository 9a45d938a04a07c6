package dev.virga.wasi;

import java.util.function.BooleanSupplier;

/** Waits in tests for what other threads do, until the test's timeout interrupts it. */
public final class Await {

    private Await() {}

    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("it did not happen in time");
            }
            Thread.yield();
        }
    }
}
