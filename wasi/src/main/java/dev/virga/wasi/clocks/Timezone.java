package dev.virga.wasi.clocks;

/**
 * {@code wasi:clocks/timezone}. The host's own time zone is not for guests to know, so theirs is
 * UTC at all times.
 */
public final class Timezone {

    /** {@code timezone-display}. */
    public record Display(int utcOffset, String name, boolean inDaylightSavingTime) {}

    private static final Display UTC = new Display(0, "UTC", false);

    public Display display(Datetime when) {
        return UTC;
    }

    public int utcOffset(Datetime when) {
        return UTC.utcOffset();
    }
}
