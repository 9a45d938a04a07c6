package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OtlpGrpcTest {

    private static final ServerRequest REQUEST =
            new ServerRequest(Setup.SHOP, "GET", "https", "/cart/7", "shop.example", 443, "/cart");

    @Test
    void allThreeSignalsReachTheCollector() throws Exception {
        try (GrpcCollecting collector = new GrpcCollecting(0)) {
            try (Telemetry telemetry = Setup.telemetry(collector.environment())) {
                telemetry.workload(Setup.SHOP).answered(200, 1_000_000, "/");
                telemetry.log().line(LogLevel.INFO, "up");
                telemetry.tracing().server(REQUEST, TraceContext.NONE).close();
            }
            assertEquals("GET /cart", collector.traces.getFirst()
                    .getResourceSpans(0).getScopeSpans(0).getSpans(0).getName());
            assertEquals("up", collector.logs.getFirst()
                    .getResourceLogs(0).getScopeLogs(0).getLogRecords(0).getBody().getStringValue());
            assertFalse(collector.metrics.isEmpty());
        }
    }

    @Test
    void aCallThatTheCollectorRefusesIsSaid() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (GrpcCollecting collector = new GrpcCollecting(16)) {
            try (Telemetry telemetry = Telemetry.open(new TelemetrySettings("host-1", collector.environment(), log,
                    LogFormat.TEXT, LogLimits.DEFAULT, Setup.NO_AUDIT))) {
                telemetry.tracing().server(REQUEST, TraceContext.NONE).close();
            }
            assertFalse(collector.traces.isEmpty());
        }
        String text = log.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Failed to export 1 spans") && text.contains("16"), text);
    }
}
