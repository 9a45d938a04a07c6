package dev.virga.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.virga.plugin.WorkloadName;
import dev.virga.wasi.Harmless;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How log lines are written; either way a guest's text cannot steer a terminal. */
public enum LogFormat {
    /** For people. */
    TEXT {
        @Override
        public String format(LogLine line) {
            LogOrigin origin = line.origin();
            StringBuilder text = new StringBuilder(time(line)).append(' ').append(line.level()).append(' ');
            line.workload().ifPresent(workload -> text.append(workload).append(' '));
            if (!origin.component().isEmpty()) {
                text.append(origin.component()).append(' ');
            }
            text.append(origin.source());
            if (!origin.requestId().isEmpty()) {
                text.append(" request=").append(origin.requestId());
            }
            if (!origin.traceId().isEmpty()) {
                text.append(" trace=").append(origin.traceId());
            }
            return Harmless.text(text.append(": ").append(line.message()).toString());
        }
    },
    /** One JSON object a line. */
    JSON {
        @Override
        public String format(LogLine line) {
            return Json.line(json -> fields(json, line));
        }
    };

    /** One line, without its end. */
    public abstract String format(LogLine line);

    private static void fields(JsonGenerator json, LogLine line) throws IOException {
        LogOrigin origin = line.origin();
        json.writeStringField("time", time(line));
        json.writeStringField("level", line.level().name().toLowerCase(Locale.ROOT));
        json.writeStringField("message", line.message());
        if (line.workload().isPresent()) {
            WorkloadName workload = line.workload().get();
            json.writeStringField("namespace", workload.namespace());
            json.writeStringField("workload", workload.name());
        }
        Json.ifAny(json, "component", origin.component());
        Json.ifAny(json, "request_id", origin.requestId());
        Json.ifAny(json, "trace_id", origin.traceId());
        json.writeStringField("source", origin.source().toString());
    }

    private static String time(LogLine line) {
        return line.time().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
