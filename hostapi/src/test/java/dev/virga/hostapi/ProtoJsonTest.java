package dev.virga.hostapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.ImagePullPolicy;
import dev.virga.hostapi.message.MessageException;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.hostapi.message.Workload;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.hostapi.message.WorkloadState;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.hostapi.message.WorkloadStatusResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtoJsonTest {

    private static <T> T read(String json, Class<T> type) {
        return ProtoJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String write(Object message) {
        return new String(ProtoJson.write(message), StandardCharsets.UTF_8);
    }

    private static Workload workload(String json) {
        return read("{\"workloadId\":\"1\",\"workload\":" + json + "}", WorkloadStartRequest.class)
                .workload()
                .orElseThrow();
    }

    @Test
    void defaultsAreLeftOutAnd64BitNumbersAreStrings() {
        HostHeartbeat heartbeat = new HostHeartbeat(
                "h", "", "f", "", Map.of(), "2026-01-02T03:04:05Z", "", "", "", 0, 1L << 40, 0, 0, 2,
                List.of(new WitInterface("wasi", "keyvalue", "", List.of("store"), Map.of(), "")), List.of(), 80, "");
        assertEquals(
                "{\"id\":\"h\",\"friendlyName\":\"f\",\"startedAt\":\"2026-01-02T03:04:05Z\","
                        + "\"systemMemoryTotal\":\"1099511627776\",\"workloadCount\":\"2\","
                        + "\"imports\":[{\"namespace\":\"wasi\",\"package\":\"keyvalue\",\"interfaces\":[\"store\"]}],"
                        + "\"httpPort\":80}",
                write(heartbeat));
    }

    @Test
    void statesAreNames() {
        assertEquals(
                "{\"workloadStatus\":{\"workloadId\":\"1\",\"workloadState\":\"WORKLOAD_STATE_NOT_FOUND\"}}",
                write(new WorkloadStatusResponse(Optional.of(new WorkloadStatus("1", WorkloadState.NOT_FOUND, "")))));
    }

    @Test
    void namesAreReadInBothForms() {
        Workload workload = read(
                        "{\"workload_id\":\"1\",\"workload\":{\"wit_world\":{\"host_interfaces\":[{\"package\":\"http\"}],"
                                + "\"components\":[{\"local_resources\":{\"allowed_ip_name_lookups\":[\"*\"]}}]}}}",
                        WorkloadStartRequest.class)
                .workload()
                .orElseThrow();
        assertEquals("http", workload.witWorld().orElseThrow().hostInterfaces().getFirst().packageName());
        assertEquals(
                List.of("*"),
                workload.witWorld().orElseThrow().components().getFirst().localResources().orElseThrow()
                        .allowedIpNameLookups());
    }

    @Test
    void numbersAndEnumsAreReadInBothForms() {
        for (String restarts : List.of("7", "\"7\"")) {
            assertEquals(7, workload("{\"service\":{\"maxRestarts\":" + restarts + "}}").service().orElseThrow().maxRestarts());
        }
        for (String policy : List.of("3", "\"IMAGE_PULL_POLICY_NEVER\"")) {
            assertEquals(
                    ImagePullPolicy.NEVER,
                    workload("{\"service\":{\"imagePullPolicy\":" + policy + "}}").service().orElseThrow().imagePullPolicy());
        }
        assertEquals(
                ImagePullPolicy.UNSPECIFIED,
                workload("{\"service\":{\"imagePullPolicy\":\"A_NEW_ONE\"}}").service().orElseThrow().imagePullPolicy());
    }

    @Test
    void whatIsMissingOrNullHasItsDefaultAndWhatIsUnknownIsSkipped() {
        for (String json : List.of("{}", "{\"name\":null,\"volumes\":null,\"service\":null,\"witWorld\":null}", "{\"new\":{}}")) {
            Workload workload = workload(json);
            assertEquals("", workload.name());
            assertEquals(Map.of(), workload.annotations());
            assertEquals(List.of(), workload.volumes());
            assertTrue(workload.service().isEmpty());
            assertTrue(workload.witWorld().isEmpty());
        }
        assertEquals("", workload("{\"service\":{}}").service().orElseThrow().image());
        assertEquals(ImagePullPolicy.UNSPECIFIED, workload("{\"service\":{}}").service().orElseThrow().imagePullPolicy());
    }

    @Test
    void aFieldThatIsWrongIsNamedWithoutItsValue() {
        MessageException wrong = assertThrows(
                MessageException.class,
                () -> workload("{\"witWorld\":{\"components\":[{\"poolSize\":\"hush\"}]}}"));
        assertEquals(
                "the message's field workload.witWorld.components[0].poolSize is not what it should be", wrong.getMessage());
    }
}
