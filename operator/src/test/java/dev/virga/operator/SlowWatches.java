package dev.virga.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Stands before an API server, and tells of what has changed later than the server does. */
final class SlowWatches implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final URI behind;
    private final Duration delay;
    private final Set<String> kinds;

    /** @param kinds plurals of those that are slow */
    SlowWatches(URI behind, Set<String> kinds, Duration delay) throws IOException {
        this.behind = behind;
        this.kinds = kinds;
        this.delay = delay;
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket api = new Socket(behind.getHost(), behind.getPort());
                Connection connection = new Connection(client, api);
                Thread.ofVirtual().start(connection::ask);
                Thread.ofVirtual().start(connection::answer);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket api;
        private volatile boolean slow;

        Connection(Socket client, Socket api) {
            this.client = client;
            this.api = api;
        }

        void ask() {
            pump(client, api, request -> {
                String line = request.lines().findFirst().orElse("");
                slow |= line.contains("watch=true") && kinds.stream().anyMatch(k -> line.contains("/" + k + "?"));
            });
        }

        void answer() {
            pump(api, client, _ -> {
                if (slow) {
                    LockSupport.parkNanos(delay.toNanos());
                }
            });
        }

        private void pump(Socket from, Socket to, Consumer<String> seen) {
            byte[] buffer = new byte[1 << 16];
            try (from; to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    seen.accept(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // one side has gone
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
