package dev.virga.operator.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.MessageException;
import dev.virga.operator.placement.HostCondition;
import dev.virga.operator.placement.HostView;
import dev.virga.operator.placement.Placement.Placed;
import dev.virga.operator.placement.PlacementRequest;
import dev.virga.operator.placement.Resources;
import dev.virga.operator.placement.Scheduler;
import dev.virga.wit.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeartbeatReaderTest {

    private static HostHeartbeat read(String id, String json) {
        return HeartbeatReader.read(id, json.getBytes(StandardCharsets.UTF_8));
    }

    private static HostView view(HostHeartbeat heartbeat) {
        return HeartbeatReader.view(heartbeat, Optional.empty(), HostCondition.READY, Instant.EPOCH);
    }

    @Test
    void wasmCloudsHeartbeatIsRead() {
        HostView view = view(read("h-1", """
                {"id":"h-1","hostname":"10.1.2.3","friendlyName":"quiet-fox-1","version":"2.7.0",
                 "labels":{"hostgroup":"edge","zone":"a"},"startedAt":"2026-08-01T10:00:00.123456789Z",
                 "systemCpuUsage":12.5,"systemMemoryTotal":"1024","systemMemoryFree":"1000","httpPort":80,
                 "imports":[{"namespace":"wasi","package":"keyvalue","interfaces":["store"],"version":"0.2.0-draft"}],
                 "somethingNew":[1]}"""));
        assertEquals("quiet-fox-1", view.name());
        assertEquals(Optional.of("a"), view.zone());
        assertEquals(Optional.empty(), view.environment());
        assertEquals(new Resources(1024, Resources.UNKNOWN), view.capacity());
        assertEquals(new Resources(24, 0), view.used());
    }

    @Test
    void aHostThatSaysLittleIsStillAHost() {
        HostView view = view(read("h", "{\"id\":\"h\",\"friendlyName\":\"h\"}"));
        assertEquals(new Resources(Resources.UNKNOWN, Resources.UNKNOWN), view.capacity());
        assertEquals(Resources.NONE, view.used());
    }

    @Test
    void processorsAndZonesAreLabels() {
        HostView view = view(Beats.of(
                "h", "x", "", Map.of("virga.dev/processors", "4", "topology.kubernetes.io/zone", "b", "zone", "c")));
        assertEquals(new Resources(8 * Beats.GIB, 4000), view.capacity());
        assertEquals(new Resources(2 * Beats.GIB, 2000), view.used());
        assertEquals(Optional.of("b"), view.zone());
        assertEquals(
                Resources.UNKNOWN,
                view(Beats.of("h", "x", "", Map.of("virga.dev/processors", "-1"))).capacity().milliCpu());
    }

    @Test
    void whatCannotBeAHostsIsRefused() {
        for (String json : List.of("", "null", "[]", "{", "{\"labels\":7}", "{\"httpPort\":\"x\"}")) {
            assertThrows(MessageException.class, () -> read("h", json), json);
        }
        for (String json : List.of(
                "{\"id\":\"other\",\"friendlyName\":\"h\"}",
                "{\"id\":\"h\",\"friendlyName\":\"../h\"}",
                "{\"id\":\"h\",\"friendlyName\":\"H\"}",
                "{\"id\":\"h\"}",
                "{\"id\":\"h\",\"friendlyName\":\"h\",\"httpPort\":70000}",
                "{\"id\":\"h\",\"friendlyName\":\"h\",\"version\":\"" + "x".repeat(300_000) + "\"}")) {
            assertThrows(IllegalArgumentException.class, () -> read("h", json), json);
        }
        assertThrows(IllegalArgumentException.class, () -> read("a.b", "{\"id\":\"a.b\",\"friendlyName\":\"h\"}"));
    }

    @Test
    void interfacesThatAreNoneAreLeftOut() {
        String json = """
                {"id":"h","friendlyName":"h","imports":[
                 {"namespace":"wasi","package":"x","interfaces":["ok","N o"],"version":"0.1.0"},
                 {"namespace":"","package":"","interfaces":[""]},
                 {"namespace":"wasi","package":"y","interfaces":["z"],"version":"latest"}]}""";
        HostView view = view(read("h", json));
        assertTrue(fits(view, "wasi:x/ok@0.1.0"));
        assertFalse(fits(view, "wasi:y/z@1.0.0"));
    }

    private static boolean fits(HostView host, String wanted) {
        PlacementRequest request = new PlacementRequest(
                "a", "w", "w", Map.of(), Optional.empty(), List.of(Id.parse(wanted).orElseThrow()), Resources.NONE,
                Set.of());
        return Scheduler.place(request, List.of(host)) instanceof Placed;
    }
}
