package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.plugin.WorkloadName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    @TempDir
    Path folder;

    private Telemetry telemetry(AuditMode mode, long bytes, int old, int perSecond) {
        return Setup.auditing(
                new AuditSettings(mode, Optional.of(folder.resolve("audit.log")), bytes, old, perSecond));
    }

    private List<JsonNode> records() throws IOException {
        return read(folder.resolve("audit.log"));
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            records.add(new ObjectMapper().readTree(line));
        }
        return records;
    }

    private static void useAndRefuse(Telemetry telemetry) {
        try (WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            shop.used("api", "wasi:keyvalue (cache)", "open default", "r1");
            shop.refused("api", "http", "http://169.254.169.254/\n\033[2J", "r2");
        }
    }

    @Test
    void everyUseAndRefusalIsARecord() throws IOException {
        Instant before = Instant.now().minusMillis(1);
        try (Telemetry telemetry = telemetry(AuditMode.ALL, 1 << 20, 1, 100)) {
            useAndRefuse(telemetry);
        }
        List<JsonNode> records = records();
        assertEquals(2, records.size());
        JsonNode used = records.get(0);
        assertEquals("acme", used.get("namespace").asText());
        assertEquals("shop", used.get("workload").asText());
        assertEquals("api", used.get("component").asText());
        assertEquals("wasi:keyvalue (cache)", used.get("kind").asText());
        assertEquals("open default", used.get("target").asText());
        assertTrue(used.get("allowed").asBoolean());
        assertEquals("r1", used.get("request_id").asText());
        assertFalse(Instant.parse(used.get("time").asText()).isBefore(before));
        assertFalse(records.get(1).get("allowed").asBoolean());
        assertEquals("http://169.254.169.254/\n\033[2J", records.get(1).get("target").asText());
    }

    @Test
    void onlyRefusalsIfNotMoreIsAskedFor() throws IOException {
        try (Telemetry telemetry = telemetry(AuditMode.REFUSED, 1 << 20, 1, 100)) {
            useAndRefuse(telemetry);
        }
        assertEquals(List.of(false), records().stream().map(r -> r.get("allowed").asBoolean()).toList());
    }

    @Test
    void itCanBeSwitchedWhileTheHostRuns() throws IOException {
        try (Telemetry telemetry = telemetry(AuditMode.OFF, 1 << 20, 1, 100)) {
            useAndRefuse(telemetry);
            telemetry.audit().mode(AuditMode.ALL);
            useAndRefuse(telemetry);
            telemetry.audit().mode(AuditMode.OFF);
            useAndRefuse(telemetry);
        }
        assertEquals(2, records().size());
    }

    @Test
    void fullFilesAreRenamedAndTheOldestGoes() throws IOException {
        try (Telemetry telemetry = telemetry(AuditMode.ALL, 4096, 2, 1_000_000);
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            for (int i = 0; i < 200; i++) {
                shop.used("api", "http", "request " + i, "");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("audit.log", "audit.log.1", "audit.log.2"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        List<String> targets = new ArrayList<>();
        for (String name : List.of("audit.log.2", "audit.log.1", "audit.log")) {
            Path file = folder.resolve(name);
            assertTrue(Files.size(file) <= 4096, name + ": " + Files.size(file));
            read(file).forEach(record -> targets.add(record.get("target").asText()));
        }
        assertTrue(targets.size() > 30, targets.toString());
        for (int i = 0; i < targets.size(); i++) {
            assertEquals("request " + (200 - targets.size() + i), targets.get(i));
        }
    }

    @Test
    void aFileThatIsThereIsGoneOnWith() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Telemetry telemetry = telemetry(AuditMode.ALL, 1 << 20, 0, 100)) {
                useAndRefuse(telemetry);
            }
        }
        assertEquals(4, records().size());
    }

    @Test
    void oneTenantsFloodIsCountedAndLeavesRoomForOthers() throws IOException {
        try (Telemetry telemetry = telemetry(AuditMode.REFUSED, 1 << 20, 0, 10);
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP);
                WorkloadTelemetry quiet = telemetry.workload(new WorkloadName("other", "quiet"))) {
            for (int i = 0; i < 100_000; i++) {
                shop.refused("api", "http", "flood", "");
            }
            quiet.refused("api", "http", "once", "");
            PrometheusText text = PrometheusText.of(Setup.exposition(telemetry));
            assertTrue(text.value("virga_audit_left_out_total") > 90_000);
            assertEquals(100_000, text.value("virga_refused_total{kind=http, namespace=acme, workload=shop}"));
        }
        List<JsonNode> records = records();
        assertTrue(records.size() < 1_000, "records: " + records.size());
        assertEquals("once", records.getLast().get("target").asText());
    }

    @Test
    void aHugeTargetIsCut() throws IOException {
        try (Telemetry telemetry = telemetry(AuditMode.REFUSED, 1 << 20, 0, 10);
                WorkloadTelemetry shop = telemetry.workload(Setup.SHOP)) {
            shop.refused("api", "http", "x".repeat(1 << 20), "");
        }
        assertEquals(1022, records().getFirst().get("target").asText().length());
    }

    @Test
    void aFileThatCannotBeOpenedIsSaidAtOnce() {
        Path missing = folder.resolve("no/such/folder/audit.log");
        TelemetryException e = assertThrows(TelemetryException.class, () -> Setup.auditing(
                new AuditSettings(AuditMode.ALL, Optional.of(missing), 4096, 0, 1)));
        assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
    }
}
