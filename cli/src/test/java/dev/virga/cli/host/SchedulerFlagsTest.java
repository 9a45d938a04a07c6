package dev.virga.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.plugin.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerFlagsTest {

    @TempDir
    private Path folder;

    @Test
    void aSchedulerHearsOfTheHostAndPlacesWorkloads() throws Exception {
        try (NatsServer nats = new NatsServer(Files.createDirectory(folder.resolve("nats")));
                Connection scheduler = Nats.connect(nats.url())) {
            Subscription heartbeats = scheduler.subscribe("runtime.operator.heartbeat.*");
            scheduler.flush(Duration.ofSeconds(10));
            RunningHost host = new RunningHost(
                    folder.resolve("data"), "--scheduler-nats", nats.url(), "--hostgroup", "edge", "--host-name",
                    "10.0.0.7", "--environment", "shop", "--image-dir", CommandRun.example(""));
            JsonNode heartbeat = new ObjectMapper()
                    .readTree(heartbeats.nextMessage(Duration.ofSeconds(30)).getData());
            assertEquals("edge", heartbeat.path("labels").path("hostgroup").asText());
            assertEquals("10.0.0.7", heartbeat.path("hostname").asText());
            assertEquals("shop", heartbeat.path("environment").asText());
            assertEquals(host.uri().getPort(), heartbeat.path("httpPort").asInt());

            String api = Path.of(CommandRun.example("http-api/api.wasm")).toAbsolutePath().normalize().toString();
            String start = "{\"workloadId\":\"1\",\"workload\":{\"namespace\":\"acme\",\"name\":\"placed\",\"witWorld\":"
                    + "{\"components\":[{\"name\":\"api\",\"image\":\"file:" + api + "\"}]}}}";
            String answer = new String(scheduler
                    .request("runtime.host." + heartbeat.path("id").asText() + ".workload.start", start.getBytes(),
                            Duration.ofSeconds(60))
                    .getData());
            assertTrue(answer.contains("WORKLOAD_STATE_RUNNING"), answer);
            CommandRun get = CommandRun.of("get", "-A", "--data", folder.resolve("data").toString());
            assertTrue(get.out().contains("placed"), get.out() + get.err());
            assertEquals(0, host.stop());
        }
    }

    @Test
    void settingsThatAreWrongAreNamedAndTheHostEnds() throws Exception {
        CommandRun unknown = CommandRun.of(
                "host", "--addr", "127.0.0.1:0", "--data", folder.resolve("a").toString(), "--scheduler-nats",
                "nats://127.0.0.1:1", "--scheduler-nats-setting", "paswordd=x");
        assertEquals(1, unknown.exitCode());
        assertTrue(unknown.err().contains("paswordd"), unknown.err());
        CommandRun alone = CommandRun.of(
                "host", "--addr", "127.0.0.1:0", "--data", folder.resolve("b").toString(), "--scheduler-nats-creds", "x");
        assertEquals(2, alone.exitCode());
        assertTrue(alone.err().contains("--scheduler-nats URL"), alone.err());
    }
}
