package dev.virga.telemetry;

/** Who wrote a line. */
public enum LogSource {
    HOST("host"),
    GUEST_STDOUT("guest-stdout"),
    GUEST_STDERR("guest-stderr"),
    /** By {@code wasi:logging}. */
    GUEST_LOG("guest-log");

    private final String text;

    LogSource(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
