package dev.virga.plugin.redis;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.GuestContract;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisGuestTest extends GuestContract {

    @TempDir
    private static Path folder;

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
                "redis", Settings.NONE.with("url", server.url()).with("prefix", UUID.randomUUID() + ":"));
    }
}
