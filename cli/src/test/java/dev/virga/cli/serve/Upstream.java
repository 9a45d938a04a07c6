package dev.virga.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server whose every byte is the test's. */
final class Upstream implements AutoCloseable {

    /** Answers a connection, which is closed afterwards. */
    interface Answer {
        void to(String head, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;

    Upstream(Answer answer) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(answer));
    }

    private void accept(Answer answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                answer.to(head(connection), connection.getOutputStream());
            } catch (IOException e) {
                // the client went away, or the test is over
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String head(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = connection.getInputStream().read();
            if (b < 0) {
                throw new IOException("closed");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
