package dev.virga.plugin.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.virga.plugin.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static Pool pool(ServerSocket server, Duration idle) {
        return new Pool(
                RedisSettings.of(Settings.NONE.with("url", "redis://127.0.0.1:" + server.getLocalPort())), idle);
    }

    private static Line take(Pool pool) throws InterruptedException {
        return pool.take(System.nanoTime() + LONG.toNanos());
    }

    private static ServerSocket server() throws Exception {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static void awaitEnd(Socket socket) throws IOException {
        try {
            assertEquals(-1, socket.getInputStream().read());
        } catch (SocketException e) {
            assertEquals("Connection reset", e.getMessage()); // which is how the client ends one
        }
    }

    @Test
    void whatNobodyUsesIsClosedThoughNothingMoreIsCalled() throws Exception {
        try (ServerSocket server = server();
                Pool pool = pool(server, Duration.ofMillis(20))) {
            Line line = take(pool);
            try (Socket accepted = server.accept()) {
                pool.giveBack(line, true);
                awaitEnd(accepted);
            }
            assertNotSame(line, take(pool));
        }
    }

    @Test
    void whatIsUsedAgainStaysOpen() throws Exception {
        try (ServerSocket server = server();
                Pool pool = pool(server, LONG)) {
            Line line = take(pool);
            for (int i = 0; i < 3; i++) {
                pool.giveBack(line, true);
                assertSame(line, take(pool));
            }
        }
    }

    @Test
    void theEndOfThePoolEndsThem() throws Exception {
        try (ServerSocket server = server();
                Pool pool = pool(server, LONG)) {
            Line line = take(pool);
            try (Socket accepted = server.accept()) {
                pool.giveBack(line, true);
                pool.close();
                awaitEnd(accepted);
            }
        }
    }
}
