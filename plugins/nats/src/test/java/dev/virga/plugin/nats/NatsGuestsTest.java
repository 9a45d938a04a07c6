package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.messaging.MessagingProvider;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests whose entries name a backend on NATS. */
class NatsGuestsTest {

    private static final WorkloadName SENDER = new WorkloadName("shop", "sender");
    private static final WorkloadName HANDLER = new WorkloadName("shop", "handler");

    @Test
    void guestsSendAndHandleOverBothKinds(@TempDir Path store, @TempDir Path data) throws Exception {
        byte[] guest = Files.readAllBytes(Path.of("../messaging/src/test/guests/wasmcloud.wasm"));
        try (NatsServer server = new NatsServer(store);
                Connection other = Nats.connect(server.url())) {
            Settings settings = Settings.NONE.with("url", server.url());
            Map<String, PluginHost.Backend> backends = Map.of(
                    "bus", new PluginHost.Backend("nats", settings),
                    "log", new PluginHost.Backend("jetstream", settings));
            Subscription dead = other.subscribe("virga-stream.shop.dead");
            Subscription heard = other.subscribe("virga-stream.shop.heard");
            other.flush(Duration.ofSeconds(20));
            try (TestHost host = new TestHost(new MessagingProvider(), data, backends);
                    TestWorkload _ = host.start(HANDLER, guest, entry(HANDLER, "backend=bus", "subscriptions=ask.>"));
                    TestWorkload _ = host.start(
                            HANDLER,
                            guest,
                            entry(HANDLER, "backend=log", "subscriptions=work", "maxDeliver=2", "deadLetter=dead"));
                    TestWorkload asking = host.start(SENDER, guest, entry(SENDER, "backend=bus"));
                    TestWorkload working = host.start(SENDER, guest, entry(SENDER, "backend=log"))) {
                Object answer = asking.call(List.of("request"), "ask.me", bytes("hello"), 20_000);
                assertTrue(
                        answer instanceof Result.Ok<?, ?>(byte[] body)
                                && new String(body, StandardCharsets.UTF_8).equals("HELLO"),
                        answer::toString);

                assertEquals(Result.ok(), publish(working, "done"));
                assertEquals("DONE", text(heard.nextMessage(Duration.ofSeconds(20))));

                assertEquals(Result.ok(), publish(working, "fail"));
                Message letter = dead.nextMessage(Duration.ofSeconds(20));
                assertEquals("fail", text(letter));
                assertEquals("2", letter.getHeaders().getFirst("Virga-Deliveries"));
                assertEquals("the guest says: told to fail", letter.getHeaders().getFirst("Virga-Failure"));
            }
        }
    }

    private static Object publish(TestWorkload sender, String body) {
        return sender.call(List.of("publish"), "work", bytes(body), Optional.empty());
    }

    private static Grant entry(WorkloadName name, String... settings) {
        return TestHost.grant(name, "wasmcloud:messaging", Set.of("consumer", "handler"), settings);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }
}
