package dev.virga.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
        serve(guests[1]);
    }

    private static Console console(PrintStream out) {
        return new Console(InputStream.nullInputStream(), out, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Answers one request. Where nothing may listen there is less to record, which is no failure. */
    private static void serve(String service) throws InterruptedException {
        CompletableFuture<Optional<URI>> listening = new CompletableFuture<>();
        PrintStream out = new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String line) {
                listening.complete(Optional.of(URI.create(line.substring(LISTENING.length()))));
            }
        };
        Thread server = Thread.ofPlatform().start(() -> {
            VirgaCommand.execute(console(out), "serve", "--addr", "127.0.0.1:0", service);
            listening.complete(Optional.empty());
        });
        listening.join().ifPresent(Training::ask);
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
