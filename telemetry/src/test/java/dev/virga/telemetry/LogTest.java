package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.plugin.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LogTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static LogLine line(String message) {
        return new LogLine(NOON, LogLevel.WARN, Optional.of(Setup.SHOP),
                new LogOrigin(LogSource.GUEST_STDERR, "api", "r1", "0af7651916cd43dd8448eb211c80319c", ""), message);
    }

    private static Telemetry telemetry(OutputStream out, LogLimits limits) {
        return Telemetry.open(new TelemetrySettings(
                "host-1", Map.of(), out, LogFormat.TEXT, limits, Setup.NO_AUDIT));
    }

    private static List<String> messages(WorkloadLog log, long cursor) throws InterruptedException {
        return log.read(cursor, Duration.ZERO).lines().stream().map(LogLine::message).toList();
    }

    @Test
    void aLineOfTextCannotSteerATerminal() {
        assertEquals(
                "2026-03-01T12:00:00.123Z WARN acme/shop api guest-stderr request=r1"
                        + " trace=0af7651916cd43dd8448eb211c80319c: a?[31m b?c\td é ?",
                LogFormat.TEXT.format(line("a\033[31m b\nc\td é \u202e")));
    }

    @Test
    void aLineOfJsonHasEveryFieldAndIsPlainAscii() throws IOException {
        String message = "a\033[31m \"b\"\n\u009b é \u202e \ud83d\ude00";
        String text = LogFormat.JSON.format(line(message));
        assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 0x7f), text);
        JsonNode json = new ObjectMapper().readTree(text);
        assertEquals("2026-03-01T12:00:00.123Z", json.get("time").asText());
        assertEquals("warn", json.get("level").asText());
        assertEquals(message, json.get("message").asText());
        assertEquals("acme", json.get("namespace").asText());
        assertEquals("shop", json.get("workload").asText());
        assertEquals("api", json.get("component").asText());
        assertEquals("r1", json.get("request_id").asText());
        assertEquals("0af7651916cd43dd8448eb211c80319c", json.get("trace_id").asText());
        assertEquals("guest-stderr", json.get("source").asText());

        JsonNode host = new ObjectMapper().readTree(
                LogFormat.JSON.format(new LogLine(NOON, LogLevel.INFO, Optional.empty(), LogOrigin.HOST, "up")));
        assertFalse(host.has("workload") || host.has("component") || host.has("request_id") || host.has("trace_id"));
    }

    @Test
    void halfASurrogateIsNoReasonToLoseALine() throws IOException {
        assertTrue(LogFormat.JSON.format(line("a\ud83d")).contains("\"a"));
        assertTrue(LogFormat.TEXT.format(line("a\ud83d")).contains(": a"));
    }

    @Test
    void linesOfHostAndGuestsAreInTheStreamWhenTheHostIsClosed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Telemetry telemetry = telemetry(out, LogLimits.DEFAULT);
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            telemetry.log().line(LogLevel.INFO, "host is up");
            shop.log().line(LogLevel.ERROR, Setup.STDOUT, "out of stock");
        }
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).endsWith(" INFO host: host is up"), lines.get(0));
        assertTrue(lines.get(1).endsWith(" ERROR acme/shop api guest-stdout request=r1: out of stock"), lines.get(1));
        assertEquals(2, lines.size());
    }

    @Test
    void whatAGuestPrintsBecomesLines() throws IOException, InterruptedException {
        try (Telemetry telemetry = Setup.telemetry(); WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            try (OutputStream out = shop.log().stream(LogLevel.INFO, Setup.STDOUT)) {
                out.write("one\ntwo\n\nla".getBytes(StandardCharsets.UTF_8));
                out.write("st é".getBytes(StandardCharsets.UTF_8));
            }
            assertEquals(List.of("one", "two", "", "last é"), messages(shop.log(), 0));
        }
    }

    @Test
    void theRateOfBytesCountsBytesOfUtf8() throws IOException, InterruptedException {
        LogLimits limits = new LogLimits(1000, 1000, 100, 10_000);
        try (Telemetry telemetry = telemetry(new ByteArrayOutputStream(), limits);
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            shop.log().limitBytes(1000);
            shop.log().line(LogLevel.INFO, Setup.STDOUT, "é".repeat(450));
            shop.log().line(LogLevel.INFO, Setup.STDOUT, "é".repeat(450));
            assertEquals(List.of("é".repeat(450)), messages(shop.log(), 0));
        }
    }

    @Test
    void aLineWithoutEndIsBrokenAndALongMessageCut() throws IOException, InterruptedException {
        LogLimits limits = new LogLimits(1000, 16, 100, 10_000);
        try (Telemetry telemetry = telemetry(new ByteArrayOutputStream(), limits);
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            try (OutputStream out = shop.log().stream(LogLevel.INFO, Setup.STDOUT)) {
                out.write("0123456789abcdefghij".getBytes(StandardCharsets.UTF_8));
            }
            shop.log().line(LogLevel.INFO, Setup.STDOUT, "0123456789abcdefghij");
            shop.log().line(LogLevel.INFO, Setup.STDOUT, "ééééééééé");
            shop.log().line(LogLevel.INFO, Setup.STDOUT, "€€€€€");
            List<String> messages = messages(shop.log(), 0);
            assertEquals(
                    List.of("0123456789abcdef", "ghij", "0123456789abc…", "éééééé…", "€€€€€"), messages);
        }
    }

    @Test
    void aFloodIsDroppedCountedAndSaid() throws InterruptedException {
        try (Telemetry telemetry = telemetry(new ByteArrayOutputStream(), new LogLimits(50, 100, 1000, 100_000));
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            for (int i = 0; i < 10_000; i++) {
                shop.log().line(LogLevel.INFO, Setup.STDOUT, "flood");
            }
            long kept = shop.log().lines.sum();
            assertTrue(kept >= 50 && kept < 5_000, "kept " + kept);
            assertTrue(shop.log().dropped.sum() > 5_000);
            // Waits for the limit to admit one more, since that one says what went before.
            long next = shop.log().read(0, Duration.ZERO).next();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            List<String> said = List.of();
            while (said.isEmpty() && System.nanoTime() < deadline) {
                shop.log().line(LogLevel.INFO, Setup.STDOUT, "later");
                said = messages(shop.log(), next);
            }
            assertTrue(said.stream().anyMatch(m -> m.contains(" lines dropped: more than 50 per second, or")), said.toString());
        }
    }

    @Test
    void aStreamThatBlocksHoldsNobodyUp() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                blocked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written.write(bytes, offset, length);
            }
        };
        try (Telemetry telemetry = telemetry(slow, new LogLimits(1_000_000, 8 << 10, 10, 100_000));
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            String message = "x".repeat(8 << 10);
            shop.log().line(LogLevel.INFO, Setup.STDOUT, message);
            blocked.await();
            for (int i = 0; i < 3_000; i++) {
                shop.log().line(LogLevel.INFO, Setup.STDOUT, message);
            }
            PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
            double leftOut = text.value("virga_host_log_left_out_total");
            assertTrue(leftOut > 1_000 && leftOut < 3_000, "left out " + leftOut);
            release.countDown();
        }
        assertTrue(written.toString(StandardCharsets.UTF_8).contains("lines left out: the log could not be written"));
    }

    @Test
    void aStreamThatFailsIsCountedAndUsedAgainWhenItWorks() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (failed.getCount() > 0) {
                    failed.countDown();
                    throw new IOException("no space left on device");
                }
                written.write(bytes, offset, length);
            }
        };
        try (Telemetry telemetry = telemetry(full, LogLimits.DEFAULT)) {
            telemetry.log().line(LogLevel.INFO, "lost");
            failed.await();
            telemetry.log().line(LogLevel.INFO, "kept");
        }
        String text = written.toString(StandardCharsets.UTF_8);
        assertFalse(text.contains("lost"));
        assertTrue(text.contains("kept"), text);
    }

    @Test
    void theStreamStaysOpenForOthers() {
        AtomicBoolean closed = new AtomicBoolean();
        OutputStream shared = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        telemetry(shared, LogLimits.DEFAULT).close();
        assertFalse(closed.get());
    }

    @Test
    void wrongLimitsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LogLimits(0, 100, 10, 1000));
        assertThrows(IllegalArgumentException.class, () -> new LogLimits(1, 100, 10, 50));
    }
}
