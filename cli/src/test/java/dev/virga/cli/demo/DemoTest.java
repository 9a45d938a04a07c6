package dev.virga.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.component.ComponentLoader;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path kept;

    private static ComponentLoader loader() {
        return NativeEngine.missing().isEmpty()
                ? new ComponentLoader(new NativeEngine(Optional.empty()))
                : new ComponentLoader(new PortableEngine(Optional.empty()));
    }

    private static Demo demo(Optional<Path> data, ComponentLoader loader) {
        return new Demo(
                new DemoFolder(data),
                new InetSocketAddress("127.0.0.1", 0),
                OutputStream.nullOutputStream(),
                loader,
                () -> {});
    }

    private HttpResponse<String> get(Demo demo, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(demo.uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(Demo demo, String order) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(demo.uri().resolve("/orders")).POST(BodyPublishers.ofString(order)).build(),
                BodyHandlers.ofString());
    }

    private JsonNode await(Demo demo, String path, Predicate<JsonNode> wanted) throws Exception {
        while (true) {
            JsonNode now = JSON.readTree(get(demo, path).body());
            if (wanted.test(now)) {
                return now;
            }
            Thread.sleep(5); // another process would have to ask again, too
        }
    }

    private static List<String> components(JsonNode order) {
        List<String> all = new ArrayList<>();
        order.get("history").forEach(event -> all.add(event.get("component").asText()));
        return all;
    }

    @Test
    void anOrderThatThePolicyTakesIsShipped() throws Exception {
        try (ComponentLoader loader = loader();
                Demo demo = demo(Optional.empty(), loader)) {
            HttpResponse<String> placed = post(demo, "{\"item\": \"tea\", \"quantity\": 2, \"price\": 450}");
            assertEquals(201, placed.statusCode(), placed.body());
            JsonNode order = JSON.readTree(placed.body());
            assertEquals("accepted", order.get("state").asText());
            assertEquals(900, order.get("amount").asInt());
            JsonNode shipped = await(demo, "/orders/1", o -> o.get("state").asText().equals("shipped"));
            assertEquals(List.of("api", "policy", "shipper", "shipper"), components(shipped));
            assertEquals(shipped, JSON.readTree(get(demo, "/orders").body()).get(0));
        }
    }

    @Test
    void oneAboveTheLimitIsRefused() throws Exception {
        try (ComponentLoader loader = loader();
                Demo demo = demo(Optional.empty(), loader)) {
            String gold = "{\"item\": \"gold\", \"quantity\": 1, \"price\": 15001}";
            JsonNode order = JSON.readTree(post(demo, gold).body());
            assertEquals("refused", order.get("state").asText());
            String why = order.get("history").get(1).get("text").asText();
            assertEquals("refused: 150.01 is above the limit of 150.00", why);
        }
    }

    /** The sibling says 100 to every key, so that the policy's limit is 1.00. */
    @Test
    void whatASiblingExportsComesBeforeThePlugin() throws Exception {
        try (ComponentLoader loader = loader();
                Demo demo = demo(Optional.empty(), loader)) {
            Files.copy(
                    Path.of("../host/src/test/guests/fixed.wasm"), demo.manifest().resolveSibling("fixed.wasm"));
            String manifest = Files.readString(demo.manifest());
            Files.writeString(
                    demo.manifest(),
                    manifest.replace("components:\n", "components:\n        - {name: fixed, image: file:fixed.wasm}\n"));
            String order = "{\"item\": \"tea\", \"quantity\": 1, \"price\": 450}";
            while (!JSON.readTree(post(demo, order).body()).get("state").asText().equals("refused")) {
                Thread.sleep(5); // the host follows the file when it sees it
            }
        }
    }

    @Test
    void badRequestsAreToldWhatIsWrong() throws Exception {
        try (ComponentLoader loader = loader();
                Demo demo = demo(Optional.empty(), loader)) {
            assertEquals(400, post(demo, "{\"item\": \"tea\"}").statusCode());
            assertEquals(400, post(demo, "{\"item\": \" \", \"quantity\": 1, \"price\": 1}").statusCode());
            assertEquals(413, post(demo, " ".repeat(10_000)).statusCode());
            assertEquals(404, get(demo, "/orders/7").statusCode());
            assertEquals(404, get(demo, "/other").statusCode());
            assertEquals("[]", get(demo, "/orders").body());
        }
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        try (ComponentLoader loader = loader();
                Demo demo = demo(Optional.empty(), loader)) {
            HttpResponse<String> page = get(demo, "/");
            assertEquals("text/html; charset=utf-8", page.headers().firstValue("content-type").orElse(""));
            assertFalse(page.body().contains("http://") || page.body().contains("https://"));
        }
    }

    @Test
    void ordersOutliveTheHostInAFolderOfTheirOwnAndAreGoneOtherwise() throws Exception {
        Path temporary;
        try (ComponentLoader loader = loader();
                Demo demo = demo(Optional.empty(), loader)) {
            temporary = demo.data();
            assertTrue(Files.exists(temporary));
        }
        assertFalse(Files.exists(temporary));
        try (ComponentLoader loader = loader()) {
            try (Demo demo = demo(Optional.of(kept), loader)) {
                post(demo, "{\"item\": \"tea\", \"quantity\": 1, \"price\": 1}");
                await(demo, "/orders/1", o -> o.get("state").asText().equals("shipped"));
            }
            try (Demo demo = demo(Optional.of(kept), loader)) {
                assertEquals("shipped", JSON.readTree(get(demo, "/orders/1").body()).get("state").asText());
            }
        }
    }
}
