package dev.virga.telemetry;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Trap;
import dev.virga.plugin.WorkloadName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {

    @Test
    void whatHappensIsRecorded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("virga.jfr");
        try (Recording recording = new Recording();
                Telemetry telemetry = Setup.telemetry();
                WorkloadTelemetry shop = telemetry.workload(new WorkloadName("acme", "recorded"))) {
            recording.start();
            shop.answered(404, Duration.ofMillis(7).toNanos(), "/cart");
            shop.component("api").instanceCreated(31_000);
            shop.component("api").trapped(new Trap(
                    Trap.Kind.UNREACHABLE, "unreachable", List.of(new Trap.Frame("app", 3, Optional.of("parse")))));
            shop.state("STARTING", "RUNNING", "ready");
            shop.refused("api", "http", "example.com", "r1");
            shop.restarted(2, "exit code 1");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().startsWith("dev.virga."))
                .filter(e -> e.getString("workload").equals("recorded"))
                .toList();
        Map<String, RecordedEvent> byName =
                events.stream().collect(toMap(e -> e.getEventType().getName(), Function.identity()));
        assertEquals(6, byName.size());
        RecordedEvent request = byName.get("dev.virga.Request");
        assertEquals("acme", request.getString("namespace"));
        assertEquals("/cart", request.getString("route"));
        assertEquals(404, request.getInt("status"));
        assertEquals(Duration.ofMillis(7), request.getDuration("nanos"));
        assertEquals(Duration.ofNanos(31_000), byName.get("dev.virga.InstanceCreated").getDuration("nanos"));
        assertEquals("unreachable, at app!parse", byName.get("dev.virga.Trap").getString("backtrace"));
        assertEquals("RUNNING", byName.get("dev.virga.WorkloadState").getString("to"));
        assertEquals("example.com", byName.get("dev.virga.CapabilityRefused").getString("target"));
        assertEquals(2, byName.get("dev.virga.ServiceRestart").getInt("attempt"));
        byName.values().forEach(event -> {
            assertEquals(List.of("Virga", "Workload"), event.getEventType().getCategoryNames());
            assertTrue(event.getEventType().getDescription().length() > 10);
        });
    }
}
