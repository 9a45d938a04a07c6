package dev.virga.plugin.nats;

import dev.virga.plugin.Settings;
import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobBackendContract;
import dev.virga.plugin.messaging.LoggingHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class NatsBlobsTest extends BlobBackendContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path store;

    private static NatsServer server;

    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startServer() throws Exception {
        server = new NatsServer(store);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected BlobBackend open() {
        return open(Settings.NONE.with("prefix", "test" + NEXT.incrementAndGet()));
    }

    private BlobBackend open(Settings settings) {
        return new NatsBlobProvider().open(settings.with("url", server.url()), new LoggingHost(log));
    }
}
