package dev.virga.operator;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.hostapi.message.Workload;
import dev.virga.hostapi.message.WorkloadIdRequest;
import dev.virga.hostapi.message.WorkloadListRequest;
import dev.virga.hostapi.message.WorkloadListResponse;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.hostapi.message.WorkloadState;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.hostapi.message.WorkloadStatusResponse;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Speaks as a host does, and runs nothing: workloads whose first image ends in {@code :bad} fail. */
final class SimulatedHost implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(200);

    private final Connection nats;
    private final Dispatcher ears;
    private final HostHeartbeat heartbeat;
    private final Map<String, WorkloadStartRequest> running = new ConcurrentHashMap<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final Thread beating;
    private final Queue<Message> heldStops = new ConcurrentLinkedQueue<>();
    private final AtomicInteger garbledLists = new AtomicInteger();
    private final AtomicInteger garbledStops = new AtomicInteger();
    private volatile Consumer<String> beforeStops = _ -> {};
    private volatile boolean cutOff;
    private volatile boolean held;
    private volatile boolean broken;
    private volatile boolean holdsStops;

    /** @param labels with the host's {@code address}, if somebody is to find it */
    SimulatedHost(String url, String id, Map<String, String> labels) throws IOException, InterruptedException {
        nats = Nats.connect(Options.builder()
                .server(url)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(50))
                .errorListener(new ErrorListener() {}) // says nothing of the outages that tests make
                .build());
        heartbeat = new HostHeartbeat(
                id, labels.getOrDefault("address", "host-" + id), "host-" + id, "1.0", labels, Instant.now().toString(), "x86_64", "linux", "6.1",
                12.5f, 8L << 30, 6L << 30, 0, 0,
                List.of(new WitInterface("wasi", "keyvalue", "0.2.0-draft", List.of("store"), Map.of(), "")),
                List.of(), 8080, labels.getOrDefault("environment", ""));
        ears = nats.createDispatcher(this::take);
        ears.subscribe("runtime.host." + id + ".>");
        beating = Thread.ofVirtual().start(this::beat);
    }

    private void beat() {
        try {
            while (true) {
                if (!cutOff) {
                    nats.publish("runtime.operator.heartbeat." + heartbeat.id(), ProtoJson.write(heartbeat));
                }
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Message message) {
        if (cutOff) {
            return;
        }
        boolean garbled = message.getSubject().endsWith(".list") && isNext(garbledLists)
                || message.getSubject().endsWith(".stop") && isNext(garbledStops);
        if (garbled) {
            nats.publish(message.getReplyTo(), new byte[] {'{'});
            return;
        }
        if (holdsStops && message.getSubject().endsWith(".stop")) {
            heldStops.add(message);
            return;
        }
        Object answer = switch (message.getSubject().substring(("runtime.host." + heartbeat.id() + ".").length())) {
            case "workload.start" -> start(ProtoJson.read(message.getData(), WorkloadStartRequest.class));
            case "workload.list" -> list(ProtoJson.read(message.getData(), WorkloadListRequest.class).after());
            case "workload.status" -> {
                looks.incrementAndGet();
                yield status(id(message));
            }
            case "workload.stop" -> stop(id(message));
            default -> heartbeat;
        };
        nats.publish(message.getReplyTo(), ProtoJson.write(answer));
    }

    /** One at a time. */
    private WorkloadListResponse list(String after) {
        List<String> rest = running.keySet().stream().filter(id -> id.compareTo(after) > 0).sorted().toList();
        return new WorkloadListResponse(rest.stream().limit(1).map(this::placed).toList(), rest.size() > 1);
    }

    private PlacedWorkload placed(String id) {
        Workload workload = running.get(id).workload().orElseThrow();
        return new PlacedWorkload(
                id, workload.namespace(), workload.name(),
                workload.annotations().getOrDefault(PlacedWorkload.SCHEDULER, ""));
    }

    private static boolean isNext(AtomicInteger left) {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private static String id(Message message) {
        return ProtoJson.read(message.getData(), WorkloadIdRequest.class).workloadId();
    }

    private WorkloadStatusResponse start(WorkloadStartRequest request) {
        starts.incrementAndGet();
        running.putIfAbsent(request.workloadId(), request);
        return status(request.workloadId());
    }

    private WorkloadStatusResponse status(String id) {
        WorkloadStartRequest request = running.get(id);
        if (request == null) {
            return answer(id, WorkloadState.NOT_FOUND, "");
        }
        if (held) {
            return answer(id, WorkloadState.STARTING, "");
        }
        boolean bad = broken || image(request).endsWith(":bad");
        return answer(id, bad ? WorkloadState.ERROR : WorkloadState.RUNNING, bad ? "the image is bad" : "");
    }

    private static String image(WorkloadStartRequest request) {
        return request.workload().orElseThrow().witWorld().orElseThrow().components().getFirst().image();
    }

    private WorkloadStatusResponse stop(String id) {
        if (running.containsKey(id)) {
            beforeStops.accept(id);
        }
        return answer(id, running.remove(id) == null ? WorkloadState.NOT_FOUND : WorkloadState.STOPPING, "");
    }

    private static WorkloadStatusResponse answer(String id, WorkloadState state, String message) {
        return new WorkloadStatusResponse(Optional.of(new WorkloadStatus(id, state, message)));
    }

    /** @param listener told of a workload, by its id, that is about to stop */
    void beforeStops(Consumer<String> listener) {
        beforeStops = listener;
    }

    /** By their ids. */
    Map<String, WorkloadStartRequest> running() {
        return running;
    }

    int starts() {
        return starts.get();
    }

    /** How often it was asked for the status of a workload. */
    int looks() {
        return looks.get();
    }

    /** It neither hears nor speaks; what it runs goes on. */
    void cutOff(boolean now) {
        cutOff = now;
    }

    /** All that it has starts, and does not run, until that ends. */
    void holdStarts(boolean now) {
        held = now;
    }

    /** It goes on reporting, but hears nothing from now on. */
    void deafen() {
        nats.closeDispatcher(ears);
    }

    /** Nothing that it is told to run does. */
    void broken(boolean now) {
        broken = now;
    }

    /** It stops nothing, and answers to no stop, as long as this is so. */
    void holdsStops(boolean now) {
        holdsStops = now;
        for (Message held = heldStops.poll(); held != null; held = heldStops.poll()) {
            take(held);
        }
    }

    /** The next so many answers are none, and what was asked for is not done. */
    void garbles(int lists, int stops) {
        garbledLists.set(lists);
        garbledStops.set(stops);
    }

    String id() {
        return heartbeat.id();
    }

    @Override
    public void close() {
        beating.interrupt();
        try {
            beating.join();
            nats.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
