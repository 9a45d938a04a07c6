package dev.virga.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.concurrent.FutureTask;
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
                    "10.0.0.7", "--environment", "shop", "--image-dir", CommandRun.example(""), "--drain-delay", "1h");
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
            stopOnceMoved(host, scheduler, heartbeats);
        }
    }

    /** A host that is to stop goes on with what was placed until that is elsewhere. */
    private static void stopOnceMoved(RunningHost host, Connection scheduler, Subscription heartbeats) throws Exception {
        FutureTask<Integer> stopping = new FutureTask<>(host::stop);
        Thread.ofVirtual().start(stopping);
        JsonNode heartbeat;
        do {
            heartbeat = new ObjectMapper().readTree(heartbeats.nextMessage(Duration.ofSeconds(30)).getData());
        } while (!heartbeat.path("labels").path("virga.dev/draining").asText().equals("true"));
        String subject = "runtime.host." + heartbeat.path("id").asText() + ".workload.";
        assertTrue(answer(scheduler, subject + "status", "{\"workloadId\":\"1\"}").contains("WORKLOAD_STATE_RUNNING"));
        String refused = answer(
                scheduler, subject + "start",
                "{\"workloadId\":\"2\",\"workload\":{\"namespace\":\"a\",\"name\":\"b\",\"witWorld\":{\"components\":"
                        + "[{\"name\":\"c\",\"image\":\"file:/x\"}]}}}");
        assertTrue(refused.contains("place it elsewhere"), refused);
        assertFalse(stopping.isDone());
        answer(scheduler, subject + "stop", "{\"workloadId\":\"1\"}");
        assertEquals(0, stopping.get());
    }

    private static String answer(Connection scheduler, String subject, String body) throws Exception {
        return new String(scheduler.request(subject, body.getBytes(), Duration.ofSeconds(60)).getData());
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
