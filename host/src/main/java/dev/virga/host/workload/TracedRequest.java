package dev.virga.host.workload;

import dev.virga.telemetry.Span;
import dev.virga.wasi.http.OutgoingTrace;
import java.util.Map;

/** A guest's outgoing request as a span. */
record TracedRequest(Span span) implements OutgoingTrace.Sent {

    @Override
    public Map<String, String> headers() {
        return span.headers();
    }

    @Override
    public void answered(int status) {
        span.status(status);
    }

    @Override
    public void failed(String why) {
        span.failed(why);
    }

    @Override
    public void ended() {
        span.close();
    }
}
