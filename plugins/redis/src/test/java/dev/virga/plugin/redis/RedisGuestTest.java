package dev.virga.plugin.redis;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.GuestContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisGuestTest extends GuestContract {

    @TempDir
    private static Path folder;

    /** Each test has one of its own: others' keys make pages short. */
    private static final AtomicInteger DATABASE = new AtomicInteger();

    private static RedisServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = new RedisServer(folder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected PluginHost.Backend backend() {
        return new PluginHost.Backend(
                "redis",
                Settings.NONE.with("url", server.url()).with("database", "" + DATABASE.getAndIncrement()));
    }
}
