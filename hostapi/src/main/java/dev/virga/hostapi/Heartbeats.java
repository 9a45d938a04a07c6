package dev.virga.hostapi;

import dev.virga.host.HostServer;
import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.nats.NatsClient;
import dev.virga.wit.Id;
import dev.virga.wit.PackageName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Tells schedulers of the host, again and again. */
final class Heartbeats {

    // What the message has no field for; one more would be a message that wasmCloud's operator does not read.
    private static final String PROCESSORS = "virga.dev/processors";
    private static final String DRAINING = "virga.dev/draining";

    private final HostServer server;
    private final HostIdentity identity;
    private final String started = Instant.now().toString();
    private final List<WitInterface> imports;
    private final List<WitInterface> exports;
    private volatile boolean draining;

    Heartbeats(HostServer server, HostIdentity identity) {
        this.server = server;
        this.identity = identity;
        this.imports = packages(server.imports());
        this.exports = packages(server.exports());
    }

    private static List<WitInterface> packages(List<String> interfaces) {
        Map<PackageName, TreeSet<String>> byPackage = new LinkedHashMap<>();
        for (String name : interfaces) {
            Id.parse(name).ifPresent(id ->
                    byPackage.computeIfAbsent(id.packageName(), _ -> new TreeSet<>()).add(id.name()));
        }
        return byPackage.entrySet().stream()
                .map(e -> new WitInterface(
                        e.getKey().namespace(),
                        e.getKey().name(),
                        e.getKey().version().map(Object::toString).orElse(""),
                        List.copyOf(e.getValue()),
                        Map.of(),
                        ""))
                .toList();
    }

    HostHeartbeat now() {
        return new HostHeartbeat(
                identity.id(),
                identity.hostname(),
                identity.name(),
                identity.version(),
                labels(),
                started,
                Machine.architecture(),
                Machine.system(),
                Machine.kernel(),
                Machine.cpuUsage(),
                Machine.memory(),
                Machine.freeMemory(),
                server.host().components(),
                server.host().status().size(),
                imports,
                exports,
                server.uri().getPort(),
                identity.environment().orElse(""));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(identity.labels());
        labels.put(PROCESSORS, Integer.toString(Runtime.getRuntime().availableProcessors()));
        if (draining) {
            labels.put(DRAINING, "true");
        }
        return labels;
    }

    /** From now on they say that the host is about to stop. */
    void drain() {
        draining = true;
    }

    /** Sends them until it is interrupted; the first after an outage as soon as there is a connection. */
    void send(NatsClient client, Duration interval, Consumer<String> log) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                send(client, interval);
                Thread.sleep(interval);
            } catch (PluginException.Unavailable e) {
                // it has waited for a connection already
            } catch (RuntimeException e) { // whatever it was, a host without heartbeats is taken for dead
                log.accept("a heartbeat could not be sent: " + e);
                pause(interval);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @throws PluginException.Unavailable if there is no connection in time */
    void send(NatsClient client, Duration within) {
        client.connected(within).publish("runtime.operator.heartbeat." + identity.id(), ProtoJson.write(now()));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
