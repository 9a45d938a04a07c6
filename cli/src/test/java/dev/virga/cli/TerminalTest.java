package dev.virga.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is printed on a terminal, which `script` of util-linux makes, and nowhere else. */
@Timeout(120)
class TerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String RED = "\033[31m";

    @TempDir
    private Path folder;

    /** What comes out of both streams. */
    private String virga(boolean terminal, Map<String, String> environment, String... args) throws Exception {
        return virga(terminal, environment, "", () -> {}, args);
    }

    /** @param then is done once this text was seen */
    private String virga(
            boolean terminal, Map<String, String> environment, String seen, Runnable then, String... args)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                TestClasspath.java(), "--enable-native-access=ALL-UNNAMED", "-cp", TestClasspath.get(), "dev.virga.cli.Main"));
        command.addAll(List.of(args));
        if (terminal) {
            Assumptions.assumeTrue(Files.isExecutable(SCRIPT), "script is not installed");
            Path start = Files.writeString(folder.resolve("start.sh"),
                    "exec " + String.join(" ", command.stream().map(word -> "'" + word + "'").toList()) + "\n");
            command = List.of(SCRIPT.toString(), "-qec", "sh " + start, "/dev/null");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("DOCKER_CONFIG", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        StringBuilder text = new StringBuilder();
        try (Reader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (int c = out.read(); c >= 0; c = out.read()) {
                text.append((char) c);
                if (!seen.isEmpty() && text.toString().endsWith(seen)) {
                    then.run();
                }
            }
        }
        process.waitFor();
        return text.toString();
    }

    @Test
    void errorsHaveColoursOnATerminalOnly() throws Exception {
        String[] wrong = {"inspect", "nowhere.wasm"};
        assertTrue(virga(true, Map.of(), wrong).contains(RED + "virga:\033[0m nowhere.wasm: no such file"));
        assertFalse(virga(true, Map.of("NO_COLOR", "1"), wrong).contains("\033"));
        assertFalse(virga(true, Map.of("TERM", "dumb"), wrong).contains("\033"));
        assertEquals("virga: nowhere.wasm: no such file\n", virga(false, Map.of(), wrong));
    }

    @Test
    void longWorkShowsHowFarItIsOnATerminalOnly() throws Exception {
        byte[] component = Files.readAllBytes(Path.of(CommandRun.example("http-api/api.wasm")));
        try (SlowRegistry registry = new SlowRegistry(component)) {
            String[] pull = {"oci", "pull", registry.image(), "-o", folder.resolve("out.wasm").toString()};
            String bar = "\r\033[Kpulling " + registry.image() + " [" + "=".repeat(12) + " ".repeat(12) + "] ";
            String shown = virga(true, Map.of(), bar, registry::goOn, pull);
            assertTrue(shown.contains(bar), shown);
            assertTrue(shown.contains("\r\033[K" + folder.resolve("out.wasm") + ": "), "the line is gone at the end: " + shown);
            String plain = virga(false, Map.of(), pull);
            assertTrue(plain.startsWith(folder.resolve("out.wasm") + ": "), plain);
        }
    }

    /** Gives the second half of a component once the first was shown, for which a real registry is too quick. */
    private static final class SlowRegistry implements AutoCloseable {

        private final HttpServer server;
        private final CountDownLatch shown = new CountDownLatch(1);

        SlowRegistry(byte[] component) throws Exception {
            String digest = "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(component));
            byte[] manifest = """
                    {"schemaVersion": 2, "config": {"mediaType": "x", "digest": "%s", "size": 1},
                     "layers": [{"mediaType": "application/wasm", "digest": "%s", "size": %d}]}
                    """.formatted(digest, digest, component.length).getBytes(StandardCharsets.UTF_8);
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/v2/acme/slow/manifests/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, manifest.length);
                    exchange.getResponseBody().write(manifest);
                }
            });
            server.createContext("/v2/acme/slow/blobs/", exchange -> {
                try (exchange) {
                    int half = component.length / 2 + 1;
                    exchange.sendResponseHeaders(200, component.length);
                    exchange.getResponseBody().write(component, 0, half);
                    exchange.getResponseBody().flush();
                    pause();
                    exchange.getResponseBody().write(component, half, component.length - half);
                }
            });
            server.start();
        }

        private void pause() throws IOException {
            try {
                shown.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        void goOn() {
            shown.countDown();
        }

        String image() {
            return "127.0.0.1:" + server.getAddress().getPort() + "/acme/slow:1";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
