package dev.virga.cli.serve;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import dev.virga.cli.Console;
import dev.virga.cli.VirgaCommand;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ServeCommandTest {

    private static final String SERVICE = example("http-api/api.wasm");

    @Test
    void itSaysWhereItListensAndAnswersThere() throws Exception {
        serving(root -> {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(root));
            assertEquals(200, answer.statusCode(), answer.body());
        }, SERVICE);
    }

    @Test
    void aPlugAnswersBehindTheComponentThatItIsPluggedInto() throws Exception {
        serving(root -> {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(root));
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("virga-example"), answer.body());
            HttpResponse<String> refused =
                    send(HttpRequest.newBuilder(root).POST(HttpRequest.BodyPublishers.ofString("x")));
            assertEquals(500, refused.statusCode());
        }, "--with", SERVICE, guest("get-only"));
    }

    private interface Use {
        void of(URI root) throws Exception;
    }

    /** Serves with these arguments while the server is used. */
    private static void serving(Use use, String... arguments) throws Exception {
        PipedInputStream printed = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(printed), true);
        Console console =
                new Console(InputStream.nullInputStream(), out, new PrintStream(OutputStream.nullOutputStream()));
        List<String> all = new ArrayList<>(List.of("serve", "--addr", "127.0.0.1:0"));
        all.addAll(List.of(arguments));
        FutureTask<Integer> command =
                new FutureTask<>(() -> VirgaCommand.execute(console, all.toArray(String[]::new)));
        Thread thread = Thread.ofPlatform().start(command);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(printed))) {
            String line = lines.readLine();
            assertTrue(line.matches("listening on http://127\\.0\\.0\\.1:[1-9][0-9]*"), line);
            use.of(URI.create(line.substring("listening on ".length()) + "/"));
        } finally {
            thread.interrupt();
        }
        assertEquals(0, command.get());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aPortInUseIsOneLineThatSaysWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of("serve", "--addr", "127.0.0.1:" + taken.getLocalPort(), SERVICE);
            assertEquals(1, run.exitCode());
            assertEquals(1, run.err().lines().count(), run.err());
            assertTrue(run.err().contains("choose another address or port"), run.err());
        }
    }

    @Test
    void aComponentThatHandlesNoRequestsIsToldSo() {
        CommandRun run = CommandRun.of("serve", guest("no-run"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("does not export wasi:http/incoming-handler"), run.err());
        assertEquals(1, CommandRun.of("serve", guest("unmet-imports")).exitCode());
    }

    @Test
    void flagsThatMakeNoSenseAreUsageErrors() {
        assertEquals(2, CommandRun.of("serve", "--addr", "nonsense", SERVICE).exitCode());
        assertEquals(2, CommandRun.of("serve", "--addr", "127.0.0.1:99999", SERVICE).exitCode());
        assertEquals(2, CommandRun.of("serve", "--tls-cert", "cert.pem", SERVICE).exitCode());
        assertEquals(2, CommandRun.of("serve", "nowhere.wasm").exitCode());
    }
}
