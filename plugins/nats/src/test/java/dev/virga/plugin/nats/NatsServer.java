package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real {@code nats-server} with JetStream, on a free port. Where there is none, the test is skipped. */
public final class NatsServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private final Path store;
    private final List<String> options;
    private final int port;
    private Process process;

    /**
     * @param store an empty folder
     * @param options more for its command line
     */
    public NatsServer(Path store, String... options) throws IOException, InterruptedException {
        this.store = store;
        this.options = List.of(options);
        this.port = freePort();
        start();
    }

    /** Where it is installed: in the path, or where Debian has it. */
    public static Optional<Path> binary() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, again too: on the same port with what is stored. */
    public void start() throws IOException, InterruptedException {
        assumeTrue(binary().isPresent(), "nats-server is not installed");
        List<String> command = new ArrayList<>(List.of(
                binary().get().toString(), "-a", "127.0.0.1", "-p", Integer.toString(port), "-js", "-sd",
                store.toString()));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(store.resolve("server.log").toFile()))
                .start();
        long end = System.nanoTime() + START.toNanos();
        while (!greets()) {
            assertTrue(process.isAlive() && System.nanoTime() < end, () -> "nats-server does not start: " + log());
            Thread.sleep(20);
        }
    }

    private boolean greets() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            return socket.getInputStream().read() == 'I'; // INFO
        } catch (IOException _) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(store.resolve("server.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
