package dev.virga.hostapi;

import dev.virga.host.HostServer;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsClient;
import io.nats.client.Connection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets schedulers, such as wasmCloud's operator, place workloads on a host over NATS. The connection is made in the
 * background and made again for ever; what runs does not notice.
 */
public final class HostApi implements AutoCloseable {

    /** Those of a NATS backend that mean something here. */
    private static final Set<String> SETTINGS = Set.of(
            "url", "name", "creds", "nkey", "user", "password", "token", "tls", "tlsCa", "tlsKeystore",
            "tlsKeystorePassword", "timeout");

    private static final int MOST_PENDING = 4096;
    private static final int MOST_PENDING_BYTES = 64 << 20;

    private final String prefix;
    private final Commands commands;
    private final NatsClient client;
    private final Thread beating;

    /**
     * Returns before there is a connection.
     *
     * @param server closed by the caller, after this
     * @param nats how to reach the server: the settings of a NATS backend, such as {@code url} and {@code creds}
     * @throws dev.virga.plugin.PluginException.Refused if a setting is wrong or unknown
     */
    public HostApi(HostServer server, HostIdentity identity, Settings nats, Timing timing) {
        nats.allow(SETTINGS);
        Consumer<String> warnings = line -> server.telemetry().log().line(LogLevel.WARN, line);
        Heartbeats heartbeats = new Heartbeats(server, identity);
        this.prefix = "runtime.host." + identity.id() + ".";
        this.commands = new Commands(
                server.host().placements(),
                heartbeats::now,
                timing,
                prefix,
                warnings);
        this.client = new NatsClient(
                "scheduler", nats, line -> server.telemetry().log().line(LogLevel.INFO, line), this::subscribe);
        this.beating = Thread.ofVirtual()
                .name("heartbeats")
                .start(() -> heartbeats.send(client, timing.heartbeat(), warnings));
    }

    private void subscribe(Connection connection) {
        var dispatcher = connection.createDispatcher(commands::take);
        dispatcher.setPendingLimits(MOST_PENDING, MOST_PENDING_BYTES);
        dispatcher.subscribe(prefix + ">");
    }

    /** Takes no more commands; what was placed goes on until the host is closed. */
    @Override
    public void close() {
        beating.interrupt();
        try {
            beating.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
