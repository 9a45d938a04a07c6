package dev.virga.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpConnectionTest {

    /** What the connection makes of these bytes as an answer. */
    private record Exchange(HttpConnection.Answer answer, boolean open) {

        static Exchange with(String bytes, int keep) throws Exception {
            return with("GET / HTTP/1.1\r\n\r\n", bytes, keep);
        }

        static Exchange with(String request, String bytes, int keep) throws Exception {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread.startVirtualThread(() -> {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().read();
                        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    } catch (IOException e) {
                        // the test sees it
                    }
                });
                try (HttpConnection connection = new HttpConnection(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                        Duration.ofSeconds(5))) {
                    HttpConnection.Answer answer = connection.exchange(request.getBytes(StandardCharsets.US_ASCII), keep);
                    return new Exchange(answer, connection.isOpen());
                }
            }
        }

        String body() {
            return new String(answer.body(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aBodyMayHaveALengthOrChunksOrEndWithTheConnection() throws Exception {
        Exchange length = Exchange.with("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 100);
        assertEquals("hello", length.body());
        assertTrue(length.open());
        Exchange chunks = Exchange.with(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n", 4);
        assertEquals("hell", chunks.body());
        assertTrue(chunks.open());
        Exchange end = Exchange.with("HTTP/1.0 404 Not Found\r\n\r\nhello", 100);
        assertEquals("hello", end.body());
        assertEquals(404, end.answer().status());
        assertFalse(end.open());
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        Exchange exchange = Exchange.with("HEAD / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 10);
        assertEquals("", exchange.body());
        assertTrue(exchange.open());
    }

    @Test
    void interimAnswersAreSkipped() throws Exception {
        Exchange exchange =
                Exchange.with("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 10);
        assertEquals(204, exchange.answer().status());
        assertTrue(exchange.open());
    }

    @Test
    void whatIsNoAnswerIsAnErrorAndNothingIsHeldWithoutBound() {
        assertThrows(IOException.class, () -> Exchange.with("SSH-2.0-x\r\n", 10));
        assertThrows(IOException.class, () -> Exchange.with("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", 10));
        assertThrows(IOException.class, () -> Exchange.with("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", 10));
        assertThrows(
                IOException.class,
                () -> Exchange.with("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", 10));
        assertThrows(IOException.class, () -> Exchange.with("HTTP/1.1 200 OK\r\nA: " + "x".repeat(20_000), 10));
        assertThrows(IOException.class, () -> Exchange.with("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1001), 10));
    }
}
