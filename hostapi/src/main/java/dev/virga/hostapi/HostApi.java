package dev.virga.hostapi;

import dev.virga.host.HostServer;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsClient;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Lets schedulers, such as wasmCloud's operator, place workloads on a host over NATS. The connection is made in the
 * background and made again for ever; what runs does not notice.
 */
public final class HostApi implements AutoCloseable {

    /** The settings of a NATS backend that mean something for what connects schedulers and hosts. */
    public static final Set<String> SETTINGS = Set.of(
            "url", "name", "creds", "nkey", "user", "password", "token", "tls", "tlsCa", "tlsKeystore",
            "tlsKeystorePassword", "timeout");

    private static final int MOST_PENDING = 4096;
    private static final int MOST_PENDING_BYTES = 64 << 20;

    /** Schedulers are told that the host stops, if they can be within this time. */
    private static final Duration REACHABLE = Duration.ofSeconds(1);

    /** Such as that to the stop of the last workload; not those to starts that take longer. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final HostServer server;
    private final Heartbeats heartbeats;
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
        this.server = server;
        this.heartbeats = new Heartbeats(server, identity);
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

    /**
     * Lets schedulers move away what they have placed, before the host is closed: tells them that it is about to stop,
     * takes no more workloads and goes on with those that it has until they are stopped.
     *
     * @param within how long to wait at most
     */
    public void drain(Duration within) throws InterruptedException {
        server.drain();
        heartbeats.drain();
        try {
            heartbeats.send(client, REACHABLE);
        } catch (PluginException.Unavailable | IllegalStateException e) {
            server.telemetry().log().line(LogLevel.WARN, "no scheduler can be told that the host stops: " + e.getMessage());
        }
        server.host().placements().awaitNone(within);
    }

    /** Answers the last commands and takes no more; what was placed goes on until the host is closed. */
    @Override
    public void close() {
        beating.interrupt();
        try {
            beating.join();
            commands.awaitAnswers(LAST_ANSWERS);
            client.connected(Duration.ZERO).flush(LAST_ANSWERS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PluginException.Unavailable | TimeoutException | IllegalStateException e) {
            // then nobody can be answered
        } finally {
            client.close();
        }
    }
}
