package dev.virga.hostapi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Takes connections and says nothing, until it is closed. */
final class SilentRegistry implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);

    SilentRegistry() throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    connections.add(server.accept());
                    connected.countDown();
                }
            } catch (IOException _) {
                // closed
            }
        });
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    void awaitConnection() throws InterruptedException {
        connected.await();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
