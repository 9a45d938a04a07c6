package dev.virga.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Does once what the commands do, so that the JVM records which classes they need (JEP 483, 514).
 * The launcher runs it after each build; nothing else does.
 */
public final class Training {

    private static final String LISTENING = "listening on ";

    private Training() {}

    /** @param guests a command to run and inspect, and a service to serve */
    public static void main(String[] guests) throws InterruptedException {
        Console silent = console(new PrintStream(OutputStream.nullOutputStream()));
        VirgaCommand.execute(silent, "--version");
        VirgaCommand.execute(silent, "--help");
        VirgaCommand.execute(silent, "inspect", guests[0]);
        VirgaCommand.execute(silent, "run", "--timeout", "30s", "--env", "A=B", guests[0]);
        VirgaCommand.execute(silent, "run", "--engine", "portable", guests[0]);
        listening(Training::ask, "serve", "--addr", "127.0.0.1:0", guests[1]);
        host(silent);
    }

    /** For the commands that talk to a host, which are short, more than for the host itself. */
    private static void host(Console silent) throws InterruptedException {
        Path data;
        try {
            data = Files.createTempDirectory("virga");
        } catch (IOException e) {
            return; // there is less to record
        }
        listening(
                _ -> VirgaCommand.execute(silent, "get", "--data", data.toString()),
                "host", "--addr", "127.0.0.1:0", "--audit", "off", "--data", data.toString());
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // the system clears its folder some time
        }
    }

    private static Console console(PrintStream out) {
        return new Console(InputStream.nullInputStream(), out, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Uses a server while it runs. Where nothing may listen there is less to record, which is no failure. */
    private static void listening(Consumer<URI> use, String... command) throws InterruptedException {
        CompletableFuture<Optional<URI>> listening = new CompletableFuture<>();
        PrintStream out = new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String line) {
                listening.complete(Optional.of(URI.create(line.substring(LISTENING.length()))));
            }
        };
        Thread server = Thread.ofPlatform().start(() -> {
            VirgaCommand.execute(console(out), command);
            listening.complete(Optional.empty());
        });
        listening.join().ifPresent(use);
        server.interrupt();
        server.join();
    }

    private static void ask(URI server) {
        try {
            HttpURLConnection connection = (HttpURLConnection) server.toURL().openConnection();
            connection.setReadTimeout(30_000);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            System.err.println("the service did not answer: " + e.getMessage());
        }
    }
}
