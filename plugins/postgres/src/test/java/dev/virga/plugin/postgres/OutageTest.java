package dev.virga.plugin.postgres;

import static dev.virga.plugin.postgres.Setup.one;
import static dev.virga.plugin.postgres.Setup.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that go away, are not there, or are none. */
@Timeout(120)
class OutageTest {

    @TempDir
    Path data;

    @Test
    void aRestartIsSurvived() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                TestHost host = Setup.host(data, Setup.backend(server.port));
                TestWorkload shop = Setup.start(host, Setup.SHOP)) {
            Setup.batch(shop, "CREATE TABLE t (i int); INSERT INTO t VALUES (7)");
            server.down();
            String broken = Setup.error(shop, "SELECT i FROM t");
            assertTrue(broken.startsWith("unexpected 57P01") || broken.startsWith("unexpected 08"), broken);
            String gone = Setup.error(shop, "SELECT i FROM t");
            assertEquals("unexpected 08001: the database cannot be reached, or refuses the login; the host's log says why", gone);
            assertTrue(host.log().getLast().startsWith("team/shop: no connection to the database at 127.0.0.1:"), host.log()::toString);
            server.up();
            assertEquals(value("int4", 7), one(shop, "SELECT i FROM t"));
        }
    }

    @Test
    void aServerThatIsNoneIsAnError() throws Exception {
        List<byte[]> answers = List.of(
                "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                HexFormat.of().parseHex("527fffffff00000000"), // a greeting of 2 GiB
                HexFormat.of().parseHex("457fffffff53"), // an error of 2 GiB
                HexFormat.of().parseHex("4e7fffffff53"),
                HexFormat.of().parseHex("5200000000"),
                HexFormat.of().parseHex("52fffffffe"),
                // let in without a password, and then rows that nobody asked for
                HexFormat.of().parseHex("520000000800000000" + "5a0000000549" + "44000000ff7fff"));
        AtomicReference<byte[]> answer = new AtomicReference<>();
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.startVirtualThread(() -> answer(listener, answer));
            try (TestHost host = Setup.host(data, Setup.backend(listener.getLocalPort()));
                    TestWorkload shop = Setup.start(host, Setup.SHOP)) {
                for (byte[] one : answers) {
                    answer.set(one);
                    int told = host.log().size();
                    String error = Setup.error(shop, "SELECT 1");
                    assertTrue(error.endsWith(": the database cannot be reached, or refuses the login; the host's log says why"), error);
                    assertEquals(told + 1, host.log().size(), host.log()::toString);
                }
            }
            listener.close();
            server.join();
        }
    }

    private static void answer(ServerSocket listener, AtomicReference<byte[]> answer) {
        try {
            while (true) {
                try (Socket socket = listener.accept();
                        InputStream in = socket.getInputStream();
                        OutputStream out = socket.getOutputStream()) {
                    in.read(new byte[1000]);
                    out.write(answer.get());
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }
}
