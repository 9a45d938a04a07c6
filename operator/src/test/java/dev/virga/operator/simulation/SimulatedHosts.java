package dev.virga.operator.simulation;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.hostapi.message.WorkloadIdRequest;
import dev.virga.hostapi.message.WorkloadState;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.hostapi.message.WorkloadStatusResponse;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many hosts in a process of their own: {@code URL COUNT INTERVAL_MS}. Each reports as often as that, has a connection
 * of its own, and says that what it is told to start runs. A message to {@code simulation.kill} with a host's id ends
 * that host.
 */
final class SimulatedHosts {

    private static final long GIB = 1 << 30;

    private final String id;
    private final Connection nats;
    private final String zone;
    private final String started = java.time.Instant.now().toString();
    private final Set<String> workloads = ConcurrentHashMap.newKeySet();

    private SimulatedHosts(String url, int number) throws Exception {
        id = "host-" + number;
        zone = "zone-" + number % 3;
        nats = Nats.connect(Options.builder()
                .server(url)
                .maxReconnects(-1)
                .errorListener(new ErrorListener() {}) // says nothing of the outages that the simulation makes
                .build());
        nats.createDispatcher(this::command).subscribe("runtime.host." + id + ".>");
        nats.createDispatcher(this::kill).subscribe("simulation.kill");
    }

    static void main(String[] arguments) throws Exception {
        long interval = Long.parseLong(arguments[2]);
        int count = Integer.parseInt(arguments[1]);
        for (int i = 0; i < count; i++) {
            SimulatedHosts host = new SimulatedHosts(arguments[0], i);
            long begin = interval * i / count;
            Thread.ofVirtual().start(() -> host.beat(begin, interval));
        }
        System.in.read(); // ends with the process that started this one
        System.exit(0);
    }

    private void beat(long begin, long interval) {
        try {
            nats.publish("runtime.operator.heartbeat." + id, ProtoJson.write(heartbeat()));
            Thread.sleep(begin);
            while (nats.getStatus() != Connection.Status.CLOSED) {
                if (nats.getStatus() == Connection.Status.CONNECTED) {
                    nats.publish("runtime.operator.heartbeat." + id, ProtoJson.write(heartbeat()));
                }
                Thread.sleep(Duration.ofMillis(interval));
            }
        } catch (InterruptedException | IllegalStateException e) {
            // killed
        }
    }

    private HostHeartbeat heartbeat() {
        return new HostHeartbeat(
                id, "10.1." + Math.floorMod(id.hashCode(), 250) + "." + id.length(), "virga-" + id, "1.0",
                Map.of("hostgroup", "default", "topology.kubernetes.io/zone", zone, "virga.dev/processors", "8"),
                started, "x86_64", "linux", "6.1", 12, 16 * GIB, 9 * GIB, workloads.size(), workloads.size(),
                List.of(
                        new WitInterface(
                                "wasi", "keyvalue", "0.2.0-draft", List.of("atomics", "batch", "store"), Map.of(), ""),
                        new WitInterface(
                                "wasi", "blobstore", "0.2.0-draft", List.of("blobstore", "container"), Map.of(), ""),
                        new WitInterface("wasmcloud", "messaging", "0.2.0", List.of("consumer"), Map.of(), ""),
                        new WitInterface("wasi", "logging", "0.1.0-draft", List.of("logging"), Map.of(), ""),
                        new WitInterface("wasi", "config", "0.2.0-rc.1", List.of("store"), Map.of(), "")),
                List.of(new WitInterface("wasmcloud", "messaging", "0.2.0", List.of("handler"), Map.of(), "")),
                8080 + Integer.parseInt(id.substring(5)), "");
    }

    private void command(Message message) {
        String subject = message.getSubject();
        if (subject.endsWith(".heartbeat")) {
            nats.publish(message.getReplyTo(), ProtoJson.write(heartbeat()));
            return;
        }
        String workload = ProtoJson.read(message.getData(), WorkloadIdRequest.class).workloadId();
        WorkloadState state = WorkloadState.RUNNING;
        if (subject.endsWith(".start")) {
            workloads.add(workload);
        } else if (!workloads.contains(workload)) {
            state = WorkloadState.NOT_FOUND;
        } else if (subject.endsWith(".stop")) {
            workloads.remove(workload);
            state = WorkloadState.STOPPING;
        }
        nats.publish(
                message.getReplyTo(),
                ProtoJson.write(new WorkloadStatusResponse(Optional.of(new WorkloadStatus(workload, state, "")))));
    }

    private void kill(Message message) {
        if (new String(message.getData()).equals(id)) {
            Thread.ofVirtual().start(() -> {
                try {
                    nats.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
