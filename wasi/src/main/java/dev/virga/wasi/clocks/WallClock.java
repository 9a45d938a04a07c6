package dev.virga.wasi.clocks;

import java.time.Clock;

/** {@code wasi:clocks/wall-clock}. */
public final class WallClock {

    private static final Datetime MICROSECOND = new Datetime(0, 1000);

    private final Clock clock = Clock.systemUTC();

    public Datetime now() {
        return Datetime.of(clock.instant());
    }

    public Datetime resolution() {
        return MICROSECOND;
    }
}
