package dev.virga.telemetry;

/**
 * How much of a workload's log is taken and kept.
 *
 * @param linesPerSecond more are dropped and counted
 * @param lineBytes of a message, in UTF-8; a longer one is cut
 * @param keptLines for followers
 * @param keptBytes for followers; a character counts as one, and a line as 128 more
 */
public record LogLimits(int linesPerSecond, int lineBytes, int keptLines, int keptBytes) {

    public static final LogLimits DEFAULT = new LogLimits(1000, 8 << 10, 1000, 256 << 10);

    public LogLimits {
        if (linesPerSecond < 1 || lineBytes < 16 || keptLines < 1 || keptBytes < lineBytes) {
            throw new IllegalArgumentException("log limits must be at least 1 line per second, 16 bytes a line,"
                    + " 1 line kept and one line's bytes kept: " + linesPerSecond + ", " + lineBytes + ", "
                    + keptLines + ", " + keptBytes);
        }
    }
}
