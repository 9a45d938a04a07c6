package dev.virga.telemetry;

import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.wasi.LineOutput;
import dev.virga.wasi.RateLimit;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The log of one workload: its guests' lines and the host's about it. */
public final class WorkloadLog {

    final LongAdder lines = new LongAdder();
    final LongAdder dropped = new LongAdder();
    private final WorkloadName workload;
    private final HostLog host;
    private final LogLimits limits;
    private final RateLimit rate;
    private volatile RateLimit bytes;
    private final LogRing ring;

    WorkloadLog(WorkloadName workload, HostLog host, LogLimits limits) {
        this.workload = workload;
        this.host = host;
        this.limits = limits;
        this.rate = new RateLimit(limits.linesPerSecond(), limits.linesPerSecond(), System::nanoTime);
        limitBytes(Integer.MAX_VALUE);
        this.ring = new LogRing(limits);
    }

    /** From now on it may have so many bytes of text a second, beside the limit of lines; one whole line always. */
    public void limitBytes(int perSecond) {
        bytes = new RateLimit(perSecond, Math.max(perSecond, limits.lineBytes()), System::nanoTime);
    }

    /** Never blocks. A message that is too long is cut; lines beyond the limits are dropped and counted. */
    public void line(LogLevel level, LogOrigin origin, String message) {
        RateLimit now = bytes;
        if (!rate.admits()) {
            dropped.increment();
            return;
        }
        String cut = Cut.utf8(message, limits.lineBytes());
        if (!now.admits(Cut.bytes(cut))) {
            dropped.increment();
            return;
        }
        long leftOut = rate.takeLeftOut() + now.takeLeftOut();
        if (leftOut > 0) {
            keep(LogLevel.WARN, LogOrigin.HOST, leftOut + " lines dropped: more than " + limits.linesPerSecond()
                    + " per second, or more bytes than the workload's limit logRate");
        }
        keep(level, origin, cut);
    }

    /** Makes lines out of what a guest prints; to be closed with the guest. Used by one thread at a time. */
    public OutputStream stream(LogLevel level, LogOrigin origin) {
        return new LineOutput(limits.lineBytes(), message -> line(level, origin, message));
    }

    /** A cursor for {@link #read} that leaves this many lines to read, or all that are kept if there are fewer. */
    public long tail(int lines) {
        return ring.tail(lines);
    }

    /**
     * Lines from a cursor on, at most 1000; waits for the first if there is none yet.
     *
     * @param timeout zero to not wait; when it passes the batch is empty
     */
    public LogBatch read(long cursor, Duration timeout) throws InterruptedException {
        return ring.read(cursor, timeout);
    }

    void close() {
        ring.close();
    }

    private void keep(LogLevel level, LogOrigin origin, String message) {
        LogLine line = new LogLine(host.now(), level, Optional.of(workload), origin, message);
        lines.increment();
        ring.add(line);
        host.write(line);
    }
}
