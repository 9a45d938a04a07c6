package dev.virga.cli.project;

import dev.virga.cli.Console;
import dev.virga.cli.VirgaCommand;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

/** {@code virga dev} in this process. */
final class RunningDev implements AutoCloseable {

    private final Told err = new Told();
    private final FutureTask<Integer> command;
    private final Thread thread;
    private final URI uri;
    private final HttpClient client = HttpClient.newHttpClient();

    /** What was printed so far; who waits is woken by more. */
    private static final class Told extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            super.write(bytes, from, count);
            notifyAll();
        }

        synchronized String await(Predicate<String> wanted) throws InterruptedException {
            while (true) {
                String text = toString(StandardCharsets.UTF_8);
                if (wanted.test(text)) {
                    return text;
                }
                wait();
            }
        }
    }

    RunningDev(Path project, String... flags) throws Exception {
        PipedInputStream printed = new PipedInputStream();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(new PipedOutputStream(printed), true),
                new PrintStream(err, true));
        List<String> all = new ArrayList<>(List.of("dev", "--addr", "127.0.0.1:0", "-C", project.toString()));
        all.addAll(List.of(flags));
        command = new FutureTask<>(() -> VirgaCommand.execute(console, all.toArray(String[]::new)));
        thread = Thread.ofPlatform().start(command);
        BufferedReader lines = new BufferedReader(new InputStreamReader(printed));
        uri = URI.create(lines.readLine().replace("listening on ", ""));
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** Waits until standard error has this, and gives all of it. */
    String await(String text) throws InterruptedException {
        return err.await(all -> all.contains(text));
    }

    /** Waits until new code has been served so often. */
    void awaitServed(int times) throws InterruptedException {
        err.await(all -> served(all) >= times);
    }

    /** The same, where nothing should go wrong, so that this need not wait for what never comes. */
    void awaitServedOrError(int times) throws InterruptedException {
        String all = err.await(text -> served(text) >= times || text.contains(" ERROR "));
        if (served(all) < times) {
            throw new AssertionError(all);
        }
    }

    private static int served(String text) {
        return text.split("serving it \\d+ ms", -1).length - 1;
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        int code = command.get();
        if (code != 0) {
            throw new AssertionError("ended with " + code + ": " + err());
        }
    }
}
