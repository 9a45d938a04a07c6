package dev.virga.operator.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.TestHost;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.plugin.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are none, at a real server. */
@Timeout(120)
class HostCommandsTest {

    @TempDir
    private Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Heard heard = new Heard();
    private NatsServer nats;
    private Hosts hosts;
    private Connection other;

    @BeforeEach
    void begin() throws Exception {
        Path config = Files.writeString(folder.resolve("nats.conf"), "max_payload: 64KB\nmax_pending: 1MB\n");
        nats = new NatsServer(Files.createDirectory(folder.resolve("nats")), "-c", config.toString());
        hosts = new Hosts(TestHost.nats(nats.url()), Patience.DEFAULT, heard, log::add);
        other = Nats.connect(Options.builder()
                .server(nats.url())
                .errorListener(new ErrorListener() {}) // says nothing of the outages that tests make
                .build());
        while (!hosts.registry().isHearing()) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void end() throws Exception {
        // What is missing could not start, or is not installed.
        try (NatsServer _ = nats;
                Hosts _ = hosts;
                Connection _ = other) {}
    }

    private void answer(String subject, String answer) throws Exception {
        other.createDispatcher(m -> other.publish(m.getReplyTo(), answer.getBytes(StandardCharsets.UTF_8)))
                .subscribe(subject);
        other.flush(Duration.ofSeconds(10));
    }

    @Test
    void aHostThatIsNotThereIsAbsent() {
        var e = assertThrows(HostException.Absent.class, () -> hosts.commands().status("nobody", "1"));
        assertEquals("workload.status to host nobody reached nobody: the host is not at NATS", e.getMessage());
    }

    @Test
    void aHostThatDoesNotAnswerIsNotWaitedForLongerThanTheDeadline() throws Exception {
        other.createDispatcher(_ -> {}).subscribe("runtime.host.mute.>");
        other.flush(Duration.ofSeconds(10));
        var e = assertThrows(
                HostException.TimedOut.class, () -> hosts.commands().heartbeat("mute", Duration.ofMillis(50)));
        assertTrue(e.getMessage().contains("was not answered within"), e.getMessage());
    }

    @Test
    void answersThatAreNoneAreUnreadable() throws Exception {
        answer("runtime.host.odd.workload.start", "{}");
        answer("runtime.host.odd.workload.status", "no JSON");
        answer("runtime.host.odd.workload.stop", "{\"workloadStatus\":{\"workloadId\":\"another\"}}");
        HostCommands commands = hosts.commands();
        assertThrows(HostException.Unreadable.class, () -> commands.status("odd", "1"));
        assertThrows(HostException.Unreadable.class, () -> commands.stop("odd", "1"));
        assertThrows(HostException.Unreadable.class, () -> commands.start("odd", Workloads.api("1", "w")));
    }

    @Test
    void whatCannotBeSentIsNot() {
        HostCommands commands = hosts.commands();
        assertThrows(HostException.Unsendable.class, () -> commands.status("a.b", "1"));
        assertThrows(HostException.Unsendable.class, () -> commands.status("*", "1"));
        WorkloadStartRequest large = Workloads.api("1", "x".repeat(70_000));
        var e = assertThrows(HostException.Unsendable.class, () -> commands.start("h", large));
        assertTrue(e.getMessage().contains("max_payload"), e.getMessage());
    }

    @Test
    void withoutNatsNothingIsSent() throws Exception {
        nats.kill();
        while (hosts.registry().isHearing()) {
            Thread.onSpinWait();
        }
        assertThrows(HostException.NotConnected.class, () -> hosts.commands().status("h", "1"));
    }

    @Test
    void heartbeatsThatAreNoneAreNotTakenAndTheNextAre() throws Exception {
        while (!hosts.registry().isKnown("first")) { // the server may learn of the subscription after the connection
            other.publish("runtime.operator.heartbeat.first", "{\"id\":\"first\",\"friendlyName\":\"virga-first\"}".getBytes());
            other.flush(Duration.ofSeconds(10));
        }
        assertEquals("first", heard.await(HostEvent.Appeared.class).host().id());
        other.publish("runtime.operator.heartbeat.h", "no JSON".getBytes(StandardCharsets.UTF_8));
        other.publish("runtime.operator.heartbeat.h", "{\"id\":\"victim\",\"friendlyName\":\"x\"}".getBytes());
        other.publish("runtime.operator.heartbeat.h", "{\"id\":\"h\",\"friendlyName\":\"virga-h\"}".getBytes());
        assertEquals("h", heard.await(HostEvent.Appeared.class).host().id());
        assertEquals(2, log.stream().filter(l -> l.contains("is not taken")).count(), log::toString);
        assertFalse(hosts.registry().isKnown("victim"));
    }
}
