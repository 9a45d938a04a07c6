package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.LogLevel;
import dev.virga.engine.Trap;
import dev.virga.plugin.WorkloadName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final String LABELS = "{namespace=acme, workload=shop}";

    @Test
    void whatAWorkloadDoesIsCounted() {
        try (Telemetry telemetry = Setup.telemetry(); WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            shop.answered(200, Duration.ofMillis(3).toNanos(), "/");
            shop.answered(204, Duration.ofMillis(700).toNanos(), "/");
            shop.answered(503, 1, "/");
            shop.answered(0, 1, "/");
            ComponentTelemetry api = shop.component("api");
            api.instanceCreated(30_000);
            api.instanceCreated(30_000);
            api.instanceClosed();
            api.called();
            api.failed();
            api.trapped(new Trap(Trap.Kind.UNREACHABLE));
            api.timedOut(new Trap(Trap.Kind.INTERRUPTED));
            shop.memory(1000);
            shop.memory(500);
            shop.memory(-1200);
            shop.cpu(2_500_000_000L);
            shop.refused("api", "http", "example.com", "r1");
            shop.restarted(1, "exit code 1");
            shop.log().line(LogLevel.INFO, Setup.STDOUT, "hello");

            PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
            assertEquals(2, text.value("virga_requests_total{namespace=acme, status=2xx, workload=shop}"));
            assertEquals(1, text.value("virga_requests_total{namespace=acme, status=5xx, workload=shop}"));
            assertEquals(1, text.value("virga_requests_total{namespace=acme, status=none, workload=shop}"));
            assertEquals(4, text.value("virga_request_duration_seconds_count" + LABELS));
            assertEquals(0.703000002, text.value("virga_request_duration_seconds_sum" + LABELS), 1e-12);
            String component = "{component=api, namespace=acme, workload=shop}";
            assertEquals(4, text.value("virga_component_calls_total" + component));
            assertEquals(3, text.value("virga_component_failures_total" + component));
            assertEquals(1, text.value("virga_component_traps_total" + component));
            assertEquals(1, text.value("virga_component_timeouts_total" + component));
            assertEquals(1, text.value("virga_instances" + LABELS));
            assertEquals(2, text.value("virga_instances_created_total" + LABELS));
            assertEquals(300, text.value("virga_memory_bytes" + LABELS));
            assertEquals(1500, text.value("virga_memory_peak_bytes" + LABELS));
            assertEquals(2.5, text.value("virga_cpu_seconds_total" + LABELS));
            assertEquals(1, text.value("virga_refused_total{kind=http, namespace=acme, workload=shop}"));
            assertEquals(1, text.value("virga_log_lines_total" + LABELS));
            assertEquals(0, text.value("virga_log_dropped_total" + LABELS));
            assertEquals(1, text.value("virga_service_restarts_total" + LABELS));
            assertEquals(1, text.value("virga_workloads"));
            assertEquals("histogram", text.types().get("virga_request_duration_seconds"));
        }
    }

    @Test
    void noSeriesOfAWorkloadOutlivesIt() {
        try (Telemetry telemetry = Setup.telemetry();
                WorkloadTelemetry other = telemetry.workload(new WorkloadName("acme", "other"))) {
            WorkloadTelemetry shop = telemetry.workload(Setup.SHOP);
            shop.answered(200, 1, "/");
            shop.component("api").called();
            shop.refused("api", "http", "x", "");
            assertTrue(Setup.exposition(telemetry).stream().anyMatch(line -> line.contains("shop")));
            shop.close();
            shop.answered(200, 1, "/");
            assertTrue(Setup.exposition(telemetry).stream().noneMatch(line -> line.contains("shop")));
            assertTrue(Setup.exposition(telemetry).stream().anyMatch(line -> line.contains("other")));
        }
    }

    @Test
    void aWorkloadStartedAgainBeginsAtZeroAndTheOldOneDoesNotTakeItsSeriesAway() {
        try (Telemetry telemetry = Setup.telemetry()) {
            WorkloadTelemetry first = telemetry.workload(Setup.SHOP);
            first.cpu(1_000_000_000);
            assertThrows(IllegalStateException.class, () -> telemetry.workload(Setup.SHOP));
            first.close();
            try (WorkloadTelemetry second = telemetry.workload(Setup.SHOP)) {
                first.close();
                PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
                assertEquals(0, text.value("virga_cpu_seconds_total" + LABELS));
                assertEquals(Setup.SHOP, second.name());
            }
        }
    }

    @Test
    void aGuestCannotMakeEverMoreSeries() {
        try (Telemetry telemetry = Setup.telemetry(); WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            for (int i = 0; i < 10_000; i++) {
                shop.refused("api", "kind" + i, "x", "");
                shop.component("c" + i).called();
            }
            PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
            assertTrue(text.samples().size() < 500, "series: " + text.samples().size());
            assertEquals(10_000 - 64, text.value("virga_refused_total{kind=other, namespace=acme, workload=shop}"));
            double calls = text.samples().entrySet().stream()
                    .filter(e -> e.getKey().startsWith("virga_component_calls_total"))
                    .mapToDouble(e -> e.getValue())
                    .sum();
            assertEquals(10_000, calls);
        }
    }

    @Test
    void namesWithOddCharactersAreEscaped() {
        WorkloadName odd = new WorkloadName("a\"b\\c\nd", "é");
        try (Telemetry telemetry = Setup.telemetry(); WorkloadTelemetry workload = telemetry.workload(odd)) {
            workload.cpu(1_000_000_000);
            PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
            assertEquals(1, text.value("virga_cpu_seconds_total{namespace=a\"b\\c\nd, workload=é}"));
        }
    }

    @Test
    void openMetricsIsWrittenIfTheScraperTakesIt() throws IOException {
        try (Telemetry telemetry = Setup.telemetry()) {
            Exposition exposition = telemetry.exposition("application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1");
            assertTrue(exposition.contentType().startsWith("application/openmetrics-text"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            exposition.write(out);
            assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("# EOF\n"));
            assertTrue(telemetry.exposition("text/html").contentType().startsWith("text/plain"));
        }
    }

    @Test
    void countsAddUpWhileTheyAreReadAndWorkloadsComeAndGo() throws InterruptedException {
        try (Telemetry telemetry = Setup.telemetry(); WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch started = new CountDownLatch(1);
            Thread reader = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
                    assertTrue(text.value("virga_instances" + LABELS) >= 0);
                    started.countDown();
                }
            });
            started.await();
            Thread[] writers = new Thread[4];
            for (int t = 0; t < writers.length; t++) {
                WorkloadName name = new WorkloadName("acme", "w" + t);
                ComponentTelemetry api = shop.component("api");
                writers[t] = Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        api.instanceCreated(1);
                        shop.answered(200, i, "/");
                        shop.memory(10);
                        shop.memory(-10);
                        api.instanceClosed();
                        if (i % 100 == 0) {
                            telemetry.workload(name).close();
                        }
                    }
                });
            }
            for (Thread writer : writers) {
                writer.join();
            }
            done.set(true);
            reader.join();
            PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
            assertEquals(20_000, text.value("virga_requests_total{namespace=acme, status=2xx, workload=shop}"));
            assertEquals(0, text.value("virga_instances" + LABELS));
            assertEquals(0, text.value("virga_memory_bytes" + LABELS));
            assertFalse(text.value("virga_memory_peak_bytes" + LABELS) < 10);
        }
    }
}
