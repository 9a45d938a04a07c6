package dev.virga.host.control;

import dev.virga.plugin.LogLevel;
import dev.virga.telemetry.LogBatch;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLine;
import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.WorkloadLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Lines of a log as an answer: the last ones, and perhaps all that come. */
final class LogStream {

    private static final int ALL = Integer.MAX_VALUE;

    /** An empty line after so long tells whether somebody is still there. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final WorkloadLog log;
    private final int tail;
    private final boolean follow;
    private final Optional<String> component;
    private final LogFormat format;

    LogStream(WorkloadLog log, Query query) {
        this.log = log;
        this.tail = (int) query.number("tail", ALL, ALL);
        this.follow = query.flag("follow");
        this.component = query.text("component");
        this.format = query.text("format").map(LogStream::format).orElse(LogFormat.TEXT);
    }

    private static LogFormat format(String word) {
        try {
            return LogFormat.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Call.Bad(HttpStatus.BAD_REQUEST_400, "the parameter format must be text or json");
        }
    }

    void to(Call call) throws IOException, InterruptedException {
        try (OutputStream out = call.stream(format == LogFormat.JSON ? "application/x-ndjson" : Call.TEXT)) {
            write(out, "");
            out.flush(); // who follows sees that there is a log
            long cursor = log.tail(tail);
            long end = log.tail(0);
            while (follow || cursor < end) {
                LogBatch batch = log.read(cursor, follow ? SILENCE : Duration.ZERO);
                cursor = batch.next();
                if (batch.missed() > 0) {
                    write(out, format.format(missed(batch.missed())));
                }
                for (LogLine line : batch.lines()) {
                    if (component.isEmpty() || component.get().equals(line.origin().component())) {
                        write(out, format.format(line));
                    }
                }
                if (batch.lines().isEmpty()) {
                    write(out, "");
                }
                out.flush();
                if (batch.ended()) {
                    return;
                }
            }
        }
    }

    private static LogLine missed(long lines) {
        String text = lines + " lines were dropped before they could be read";
        return new LogLine(Instant.now(), LogLevel.WARN, Optional.empty(), LogOrigin.HOST, text);
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
