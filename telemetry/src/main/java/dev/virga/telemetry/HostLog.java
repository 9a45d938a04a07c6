package dev.virga.telemetry;

import dev.virga.plugin.LogLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** The log of the whole host: its own lines and those of all workloads, to a stream and to OTLP. */
public final class HostLog implements AutoCloseable {

    private static final long WAITING_BYTES = 8 << 20;
    private static final int LINE_OVERHEAD = 128;

    private final InstantSource clock = InstantSource.system();
    private final BoundedWriter<LogLine> writer;
    private volatile Consumer<LogLine> otlp = line -> {};

    HostLog(OutputStream out, LogFormat format) {
        this.writer = new BoundedWriter<>("virga-log", WAITING_BYTES, new Stream(out, format));
    }

    void alsoTo(Consumer<LogLine> lines) {
        this.otlp = lines;
    }

    /** A line of the host about itself. Never blocks. */
    public void line(LogLevel level, String message) {
        write(new LogLine(now(), level, Optional.empty(), LogOrigin.HOST, message));
    }

    void write(LogLine line) {
        toStream(line);
        otlp.accept(line);
    }

    /** That OTLP does not work is not sent over OTLP. */
    void aboutOtlp(String message) {
        toStream(new LogLine(now(), LogLevel.WARN, Optional.empty(), LogOrigin.HOST, message));
    }

    private void toStream(LogLine line) {
        writer.offer(line, line.message().length() + LINE_OVERHEAD);
    }

    Instant now() {
        return clock.instant();
    }

    /** Lines that did not reach the stream because it was too slow or failed. */
    long leftOut() {
        return writer.leftOut();
    }

    @Override
    public void close() {
        writer.close();
    }

    private final class Stream implements BoundedWriter.Sink<LogLine> {

        private final OutputStream out;
        private final LogFormat format;

        Stream(OutputStream out, LogFormat format) {
            this.out = out;
            this.format = format;
        }

        @Override
        public void write(LogLine line) throws IOException {
            out.write((format.format(line) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void leftOut(long count) throws IOException {
            write(new LogLine(now(), LogLevel.WARN, Optional.empty(), LogOrigin.HOST,
                    count + " lines left out: the log could not be written as fast as it came"));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
