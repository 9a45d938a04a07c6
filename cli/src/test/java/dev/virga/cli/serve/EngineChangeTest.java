package dev.virga.cli.serve;

import static dev.virga.cli.CommandRun.example;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Component;
import dev.virga.engine.Engine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.ingress.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A service whose component is replaced while it answers. */
class EngineChangeTest {

    @Test
    void requestsUnderWayEndWhereTheyBeganAndNewOnesGoToTheOtherEngine() throws Exception {
        try (Setup setup = Setup.guest(); Engine engine = new PortableEngine(Optional.empty());
                Wire before = new Wire(setup.uri())) {
            before.send("POST /echo HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "Connection: close", "", "3", "abc")
                    .until("abc");

            setup.service().use(other(engine));
            String response = get(setup);
            assertTrue(response.contains("virga-example"), response);

            String rest = before.send("3", "def", "0", "").rest();
            assertTrue(rest.contains("def") && rest.contains("x-echoed: yes"), rest);
        }
    }

    @Test
    void noRequestIsLostMeanwhile() throws Exception {
        try (Setup setup = Setup.guest(); Engine engine = new PortableEngine(Optional.empty())) {
            Component[] both = {other(engine), Setup.component()};
            AtomicBoolean done = new AtomicBoolean();
            Thread changing = Thread.ofPlatform().start(() -> {
                for (int i = 0; !done.get(); i++) {
                    setup.service().use(both[i % 2]);
                }
            });
            try {
                for (int i = 0; i < 100; i++) {
                    String response = get(setup);
                    assertTrue(response.contains("virga-example") || response.startsWith("HTTP/1.1 404"), response);
                }
            } finally {
                done.set(true);
                changing.join();
            }
        }
    }

    /** Answers {@code /}, which the other guest does not know. */
    private static Component other(Engine engine) throws IOException {
        return Component.load(engine, Files.readAllBytes(Path.of(example("http-api/api.wasm"))));
    }

    private static String get(Setup setup) throws IOException {
        try (Wire wire = new Wire(setup.uri())) {
            return wire.send("GET / HTTP/1.1", "Host: h", "Connection: close", "").rest();
        }
    }
}
