package dev.virga.plugin.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Redis on a free port of the loopback. */
final class RedisServer implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Optional<Process> process = Optional.empty();

    /** @param options of redis-server; PORT in them is the port */
    RedisServer(Path folder, String... options) throws Exception {
        assumeTrue(isInstalled(), "redis-server is not installed");
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.options = List.of(options);
        start();
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, "redis-server")));
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns when it answers. What it has answered outlives a kill: each write is in its file before the reply. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "yes",
                "--appendfsync", "always", "--dir", folder.toString(), "--notify-keyspace-events", "K$gx"));
        options.forEach(option -> command.add(option.replace("PORT", "" + port)));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = Optional.of(started);
        var lines = started.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("Ready to accept connections")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return;
            }
        }
        throw new IOException("redis-server did not start");
    }

    /** Ends it as a crash does. */
    void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().toHandle().destroyForcibly(); // what it says can still be read
            process.get().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
