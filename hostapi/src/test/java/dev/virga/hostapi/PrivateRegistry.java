package dev.virga.hostapi;

import dev.virga.plugin.nats.NatsServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Registry;
import org.junit.jupiter.api.Assumptions;

/** Debian's docker-registry on a free port, for one user. Where there is none, the test is skipped. */
final class PrivateRegistry implements AutoCloseable {

    static final String USER = "reader";
    static final String PASSWORD = "swordfish";

    private static final String ENTRY = USER + ":$2y$05$abcdefghijklmnopqrstuupWDwJQeCHYIBQy8WvkVB6ImhZ476YYy\n";
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Path folder;
    private final int port;
    private Process process;

    /** @param folder an empty one */
    PrivateRegistry(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "docker-registry is not installed");
        this.folder = folder;
        this.port = NatsServer.freePort();
        Path users = Files.writeString(folder.resolve("users"), ENTRY);
        Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "%s"}
                auth: {htpasswd: {realm: test, path: %s}}
                """.formatted(folder.resolve("data"), address(), users));
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(List.of(PROGRAM.toString(), "serve", folder.resolve("config.yml").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        while (true) {
            try (Socket _ = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("docker-registry has ended: " + Files.readString(folder.resolve("log")), e);
                }
                Thread.sleep(20);
            }
        }
    }

    void stop() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** The image's reference. */
    String push(Path component) {
        String reference = address() + "/acme/api:1";
        Registry.builder().defaults(address(), USER, PASSWORD).withInsecure(true).build().pushArtifact(
                ContainerRef.parse(reference),
                ArtifactType.from("application/vnd.wasm.config.v0+json"),
                Annotations.empty(),
                Config.empty(),
                LocalPath.of(component, "application/wasm"));
        return reference;
    }

    @Override
    public void close() {
        stop();
    }
}
