package dev.virga.wasi.clocks;

import java.time.Instant;

/**
 * {@code wall-clock.datetime}.
 *
 * @param seconds since 1970, unsigned
 * @param nanoseconds less than a thousand million, or else the guest's mistake
 */
public record Datetime(long seconds, int nanoseconds) {

    /** The point in time; one before 1970 becomes 1970, since none such can be told. */
    public static Datetime of(Instant instant) {
        return instant.getEpochSecond() < 0
                ? new Datetime(0, 0)
                : new Datetime(instant.getEpochSecond(), instant.getNano());
    }
}
