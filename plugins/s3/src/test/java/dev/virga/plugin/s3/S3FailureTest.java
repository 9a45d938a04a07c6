package dev.virga.plugin.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.BlobId;
import dev.virga.plugin.blobstore.BlobRead;
import dev.virga.plugin.blobstore.ContainerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Servers that are not there, do not answer, or answer something else. */
@Timeout(60)
class S3FailureTest {

    private static final ContainerId BOX = new ContainerId("tenant", "box");
    private static final BlobId OBJECT = new BlobId(BOX, "object");

    private interface Answer {
        void to(Socket client) throws IOException;
    }

    /** Reads a request's head and answers it; the connection stays open until the server is closed. */
    private static final class Server implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> clients = new CopyOnWriteArrayList<>();

        Server(Answer answer) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try {
                        Socket client = listener.accept();
                        clients.add(client);
                        Thread.ofVirtual().start(() -> serve(client, answer));
                    } catch (IOException e) {
                        return; // closed
                    }
                }
            });
        }

        private static void serve(Socket client, Answer answer) {
            try {
                InputStream in = client.getInputStream();
                for (int end = 0; end < 4; ) {
                    int b = in.read();
                    if (b < 0) {
                        return;
                    }
                    end = b == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : 0;
                }
                answer.to(client);
            } catch (IOException e) {
                // the client has gone
            }
        }

        BlobBackend backend(String... more) {
            String[] settings = Arrays.copyOf(more, more.length + 1);
            settings[more.length] = "retries=0";
            return new S3Provider().open(
                    S3Server.settingsFor("http://127.0.0.1:" + listener.getLocalPort(), settings), null);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void answer(Socket client, String head, byte[] body) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    private static List<Executable> everyCall(BlobBackend backend) {
        return List.of(
                () -> backend.create(BOX),
                () -> backend.created(BOX),
                () -> backend.delete(BOX),
                () -> backend.clear(BOX),
                () -> backend.list(BOX).close(),
                () -> backend.info(OBJECT),
                () -> backend.read(OBJECT, 0, Long.MAX_VALUE).close(),
                () -> backend.read(OBJECT, 5, 9).close(),
                () -> backend.write(OBJECT).close(),
                () -> backend.delete(BOX, List.of("object")),
                () -> backend.copy(OBJECT, new BlobId(BOX, "other")),
                () -> backend.move(OBJECT, new BlobId(BOX, "other")));
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpInTime() throws Exception {
        try (Server server = new Server(client -> {});
                BlobBackend backend = server.backend("timeout=300ms")) {
            for (Executable call : everyCall(backend)) {
                long start = System.nanoTime();
                BlobException e = assertThrows(BlobException.class, call);
                assertEquals(Reason.TIMEOUT, e.reason(), e.toString());
                assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(20)) < 0);
            }
        }
    }

    @Test
    void aSocketThatIsSilentIsATimeoutToo() {
        SdkClientException silent = SdkClientException.create("Unable to execute", new SocketTimeoutException("Read timed out"));
        assertEquals(Reason.TIMEOUT, assertInstanceOf(BlobException.class, S3Calls.failed(silent)).reason());
    }

    @Test
    void aServerThatIsNotThereIsSaidToBe() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (BlobBackend backend =
                new S3Provider().open(S3Server.settingsFor("http://127.0.0.1:" + port, "retries=1"), null)) {
            for (Executable call : everyCall(backend)) {
                assertEquals(Reason.UNAVAILABLE, assertThrows(BlobException.class, call).reason());
            }
        }
    }

    @Test
    void anAnswerThatIsNoneOfHttpFails() throws Exception {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        try (Server server = new Server(client -> {
                    client.getOutputStream().write(noise);
                    client.close();
                });
                BlobBackend backend = server.backend("timeout=5s")) {
            for (Executable call : everyCall(backend)) {
                assertThrows(IOException.class, call);
            }
        }
    }

    @Test
    void anAnswerThatIsNoneOfS3Fails() throws Exception {
        byte[] body = "{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8);
        try (Server server = new Server(client -> {
                    answer(client, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\nConnection: close", body);
                    client.close();
                });
                BlobBackend backend = server.backend("timeout=5s")) {
            assertThrows(IOException.class, () -> backend.create(BOX)); // there is no time of creation in it
            assertThrows(IOException.class, () -> backend.info(OBJECT));
            assertThrows(IOException.class, () -> backend.list(BOX).close());
            assertThrows(IOException.class, () -> backend.read(OBJECT, 5, 9).close());
            assertThrows(IOException.class, () -> backend.write(OBJECT).close());
        }
    }

    @Test
    void anErrorOfTheServerIsClear() throws Exception {
        try (Server server = new Server(client -> {
                    answer(client, "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close", new byte[0]);
                    client.close();
                });
                BlobBackend backend = server.backend("timeout=5s")) {
            for (Executable call : everyCall(backend)) {
                assertEquals(Reason.UNAVAILABLE, assertThrows(BlobException.class, call).reason());
            }
        }
    }

    @Test
    void anEndlessListingIsNotReadIntoMemory() throws Exception {
        byte[] junk = "<Contents><Key>x</Key></Contents>".repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (Server server = new Server(client -> {
                    answer(client, "HTTP/1.1 200 OK\r\nConnection: close", "<ListBucketResult>".getBytes());
                    while (true) {
                        client.getOutputStream().write(junk);
                    }
                });
                BlobBackend backend = server.backend("timeout=20s")) {
            assertThrows(IOException.class, () -> backend.list(BOX).close());
        }
    }

    @Test
    void anObjectThatStopsComingFailsInTime() throws Exception {
        try (Server server = new Server(client -> answer(client,
                        "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nETag: \"x\"", new byte[1000]));
                BlobBackend backend = server.backend("timeout=300ms");
                BlobRead read = backend.read(OBJECT, 0, Long.MAX_VALUE)) {
            assertEquals(1_000_000, read.size());
            assertEquals(1000, read.bytes().readNBytes(1000).length);
            assertEquals(Reason.TIMEOUT, assertInstanceOf(
                    BlobException.class, assertThrows(IOException.class, () -> read.bytes().read())).reason());
        }
    }

    @Test
    void anObjectThatIsCutShortFails() throws Exception {
        try (Server server = new Server(client -> {
                    answer(client, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nETag: \"x\"", new byte[1000]);
                    client.close();
                });
                BlobBackend backend = server.backend("timeout=5s");
                BlobRead read = backend.read(OBJECT, 0, Long.MAX_VALUE)) {
            assertThrows(IOException.class, () -> read.bytes().readAllBytes());
        }
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        try (Server server = new Server(client -> {});
                BlobBackend backend = server.backend("timeout=1h")) {
            var failure = new CompletableFuture<Throwable>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    backend.created(BOX);
                    failure.complete(null);
                } catch (IOException | RuntimeException e) {
                    failure.complete(e);
                }
            });
            while (server.clients.isEmpty()) {
                Thread.onSpinWait();
            }
            caller.interrupt();
            assertInstanceOf(IOException.class, failure.get(20, TimeUnit.SECONDS));
        }
    }
}
