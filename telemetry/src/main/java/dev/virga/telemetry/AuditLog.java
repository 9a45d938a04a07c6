package dev.virga.telemetry;

import dev.virga.wasi.RateLimit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.LongAdder;

/** Every grant that was used or refused, one JSON object a line. Never makes a guest wait for the disk. */
public final class AuditLog implements AutoCloseable {

    private static final long WAITING_BYTES = 4 << 20;
    private static final int LINE_OVERHEAD = 256;
    private static final int MAX_TARGET = 1024;

    private record Entry(Instant time, AuditRecord record, long leftOut) {}

    private volatile AuditMode mode;
    private final LongAdder tooMany = new LongAdder();
    private final BoundedWriter<Entry> writer;

    AuditLog(AuditMode mode, OutputStream out) {
        this.mode = mode;
        this.writer = new BoundedWriter<>("virga-audit", WAITING_BYTES, new Lines(out));
    }

    public AuditMode mode() {
        return mode;
    }

    /** May be switched while the host runs. */
    public void mode(AuditMode mode) {
        this.mode = mode;
    }

    void write(AuditRecord record, RateLimit rate) {
        if (rate.admits()) {
            AuditRecord cut = record.withTarget(Cut.utf8(record.target(), MAX_TARGET));
            writer.offer(new Entry(Instant.now(), cut, rate.takeLeftOut()), cut.target().length() + LINE_OVERHEAD);
        } else {
            tooMany.increment();
        }
    }

    /** Records that are missing because there were too many, or the disk was too slow or failed. */
    long leftOut() {
        return tooMany.sum() + writer.leftOut();
    }

    @Override
    public void close() {
        writer.close();
    }

    private record Lines(OutputStream out) implements BoundedWriter.Sink<Entry> {

        @Override
        public void write(Entry entry) throws IOException {
            AuditRecord record = entry.record();
            line(Json.line(json -> {
                json.writeStringField("time", time(entry.time()));
                json.writeStringField("namespace", record.workload().namespace());
                json.writeStringField("workload", record.workload().name());
                json.writeStringField("component", record.component());
                json.writeStringField("kind", record.kind());
                json.writeStringField("target", record.target());
                json.writeBooleanField("allowed", record.allowed());
                Json.ifAny(json, "request_id", record.requestId());
                if (entry.leftOut() > 0) {
                    json.writeNumberField("left_out_before", entry.leftOut());
                }
            }));
        }

        @Override
        public void leftOut(long count) throws IOException {
            line(Json.line(json -> {
                json.writeStringField("time", time(Instant.now()));
                json.writeNumberField("left_out", count);
            }));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        private void line(String json) throws IOException {
            out.write((json + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        private static String time(Instant time) {
            return time.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    }
}
