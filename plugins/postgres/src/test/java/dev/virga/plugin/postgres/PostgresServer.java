package dev.virga.plugin.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A server of its own for a test, on a free port of the loopback; the programs are those of Debian. */
final class PostgresServer implements AutoCloseable {

    static final String PASSWORD = "secret-of-the-tests";

    private final Path programs;
    private final Path folder;
    final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Skips the test if there are no programs. */
    static PostgresServer start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        Assumptions.assumeTrue(programs.isPresent(), "no PostgreSQL server is installed (apt-get install postgresql)");
        // As root it does not run; whom it runs as must reach the folder.
        Path folder = Files.createTempDirectory("virga-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        PostgresServer server = new PostgresServer(programs.get(), folder, freePort());
        try {
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
            server.run("initdb", "-D", server.data(), "-U", "admin", "--pwfile=" + password, "-A", "scram-sha-256",
                    "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
            server.up();
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static Optional<Path> programs() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(all)) {
            for (Path version : versions) {
                if (Files.isExecutable(version.resolve("bin/initdb"))) {
                    return Optional.of(version.resolve("bin"));
                }
            }
        }
        return Optional.empty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** @param options of the server, each {@code NAME=VALUE} */
    void up(String... options) throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder("-F -h 127.0.0.1 -p " + port + " -k ''");
        for (String option : options) {
            all.append(" -c ").append(option);
        }
        run("pg_ctl", "-D", data(), "-w", "-l", folder.resolve("log").toString(), "-o", all.toString(), "start");
    }

    void down() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-m", "fast", "stop");
    }

    /** The folder of its settings, which it may write to as whoever it runs as. */
    Path folder() {
        return folder;
    }

    void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("virga-postgres", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(folder.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(program + " failed: " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("data/postmaster.pid"))) {
            down();
        }
        // what the server has made belongs to it
        ProcessBuilder remove = new ProcessBuilder("rm", "-rf", folder.toString());
        remove.start().waitFor();
    }
}
