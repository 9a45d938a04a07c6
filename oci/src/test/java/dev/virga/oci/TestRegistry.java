package dev.virga.oci;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Debian's docker-registry on a free port of 127.0.0.1. */
public final class TestRegistry implements AutoCloseable {

    /** Of user "reader", password "secret", for {@link #start(Optional)}. */
    public static final String READER = "reader:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final Path folder;
    private final int port;

    private TestRegistry(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    public static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "docker-registry is not installed");
    }

    /** @param user a line of htpasswd, if it is not open to all */
    public static TestRegistry start(Optional<String> user) throws IOException {
        return start(user, "");
    }

    /** One with TLS, open to all. */
    public static TestRegistry start(Path certificate, Path key) throws IOException {
        return start(Optional.empty(), "  tls: {certificate: %s, key: %s}\n".formatted(certificate, key));
    }

    private static TestRegistry start(Optional<String> user, String tls) throws IOException {
        Path folder = Files.createTempDirectory("registry");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String auth = "";
        if (user.isPresent()) {
            Path users = Files.writeString(folder.resolve("users"), user.get() + "\n");
            auth = "auth: {htpasswd: {realm: test, path: " + users + "}}\n";
        }
        Path config = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http:
                  addr: "127.0.0.1:%d"
                %s%s""".formatted(folder.resolve("data"), port, tls, auth));
        Process process = new ProcessBuilder(List.of(PROGRAM.toString(), "serve", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        TestRegistry registry = new TestRegistry(process, folder, port);
        registry.awaitConnection();
        return registry;
    }

    private void awaitConnection() throws IOException {
        while (true) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("docker-registry has ended: " + Files.readString(folder.resolve("log")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
