package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import dev.virga.telemetry.Collecting;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An order that is kept and published, and whose message is handled, in one trace over a real NATS. */
@Timeout(120)
class PluginTracesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir
    private Path folder;

    private static Span await(Collecting collector, Predicate<Span> wanted) throws InterruptedException {
        while (true) {
            for (Span span : collector.spans) {
                if (wanted.test(span)) {
                    return span;
                }
            }
            Thread.sleep(2); // the timeout ends a wait in vain
        }
    }

    private static Map<String, String> attributes(Span span) {
        Map<String, String> all = new HashMap<>();
        span.getAttributesList().forEach(each -> all.put(each.getKey(), each.getValue().getStringValue()));
        return all;
    }

    @Test
    void callsOfPluginsAndTheHandlerOfAMessageAreInTheTraceOfTheRequest() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("OTEL_BSP_SCHEDULE_DELAY", "20"));
        try (NatsServer nats = new NatsServer(Files.createDirectory(folder.resolve("nats")));
                Collecting collector = new Collecting()) {
            environment.putAll(collector.environment());
            Map<String, Map<String, PluginHost.Backend>> backends = Map.of("messaging", Map.of(
                    "default", new PluginHost.Backend("nats", new Settings(Map.of("url", nats.url())))));
            try (TestHost host = new TestHost(folder.resolve("host"), backends, environment)) {
                host.apply(Files.readString(TestHost.EXAMPLES.resolve("orders/manifest.yaml"))
                        .replace("file:", "file:" + TestHost.EXAMPLES + "/orders/")
                        .replace("\"1500\"", "\"1\""));
                host.await("orders", s -> s.phase().equals("Running"));
                order(host);
                Span get = await(collector, s -> s.getName().equals("process nats"));
                Span publish = await(collector, s -> s.getName().equals("publish nats"));
                Span server = await(collector, s -> s.getKind() == SpanKind.SPAN_KIND_SERVER);
                Span kept = await(collector, s -> s.getName().equals("set embedded")
                        && s.getParentSpanId().equals(server.getSpanId()));

                assertEquals(SpanKind.SPAN_KIND_CONSUMER, get.getKind());
                assertEquals(publish.getSpanId(), get.getParentSpanId());
                assertEquals("orders.accepted", attributes(get).get("messaging.destination.name"));
                assertEquals("process", attributes(get).get("messaging.operation.type"));

                assertEquals(SpanKind.SPAN_KIND_PRODUCER, publish.getKind());
                assertEquals(server.getSpanId(), publish.getParentSpanId());
                assertEquals("nats", attributes(publish).get("messaging.system"));
                assertEquals("publish", attributes(publish).get("messaging.operation.name"));
                assertEquals("send", attributes(publish).get("messaging.operation.type"));

                assertEquals(SpanKind.SPAN_KIND_CLIENT, kept.getKind());
                assertEquals("embedded", attributes(kept).get("db.system.name"));
                assertEquals("set", attributes(kept).get("db.operation.name"));
                assertFalse(attributes(kept).get("db.namespace").isEmpty());

                // What the handler does is below its own span.
                await(collector, s -> attributes(s).containsKey("db.system.name")
                        && s.getParentSpanId().equals(get.getSpanId()));
                for (Span span : List.of(get, publish, server, kept)) {
                    assertEquals(TRACE, HexFormat.of().formatHex(span.getTraceId().toByteArray()), span.getName());
                }
                assertTrue(collector.spans.stream().noneMatch(s -> s.toString().contains("oolong")), "a value is told");
            }
        }
    }

    private static void order(TestHost host) throws Exception {
        String body = "{\"item\": \"oolong\", \"quantity\": 2, \"price\": 450}";
        try (Socket socket = new Socket(host.uri().getHost(), host.uri().getPort())) {
            socket.getOutputStream().write(("POST /orders HTTP/1.0\r\nHost: shop\r\nContent-Length: " + body.length()
                    + "\r\ntraceparent: 00-" + TRACE + "-b7ad6b7169203331-01\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.0 2"), answer);
        }
    }
}
