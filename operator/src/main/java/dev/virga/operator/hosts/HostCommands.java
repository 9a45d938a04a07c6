package dev.virga.operator.hosts;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.MessageException;
import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WorkloadIdRequest;
import dev.virga.hostapi.message.WorkloadListRequest;
import dev.virga.hostapi.message.WorkloadListResponse;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.hostapi.message.WorkloadStatusResponse;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.nats.NatsClient;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells hosts what to do. A call returns with the host's answer; calls of several threads are under way at the same
 * time. A host that could not do it says so in its answer, with {@code ERROR}.
 */
public final class HostCommands {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STATUS = Duration.ofSeconds(5);
    /** More than any host of ours takes. */
    private static final int MOST_LISTED = 50_000;

    private static final Duration STOP = Duration.ofSeconds(30);

    /** After this time without a connection there is none. */
    private static final Duration CONNECTED = Duration.ofSeconds(2);

    private final NatsClient nats;

    HostCommands(NatsClient nats) {
        this.nats = nats;
    }

    /**
     * Starts a workload; within 60 s it runs, starts or has failed.
     *
     * @throws HostException if there is no answer
     */
    public WorkloadStatus start(String host, WorkloadStartRequest workload) {
        return status(host, "workload.start", workload, workload.workloadId(), START);
    }

    /** @throws HostException if there is no answer within 5 s */
    public WorkloadStatus status(String host, String workloadId) {
        return status(host, "workload.status", new WorkloadIdRequest(workloadId), workloadId, STATUS);
    }

    /**
     * Stops a workload; within 30 s it has stopped or stops.
     *
     * @throws HostException if there is no answer
     */
    public WorkloadStatus stop(String host, String workloadId) {
        return status(host, "workload.stop", new WorkloadIdRequest(workloadId), workloadId, STOP);
    }

    /**
     * What a host has been told to run. wasmCloud's hosts do not tell.
     *
     * @throws HostException if there is no answer within 5 s, or there are too many
     */
    public List<PlacedWorkload> list(String host) {
        List<PlacedWorkload> all = new ArrayList<>();
        String after = "";
        while (true) {
            WorkloadListResponse answer =
                    ask(host, "workload.list", new WorkloadListRequest(after), WorkloadListResponse.class, STATUS);
            all.addAll(answer.workloads());
            if (!answer.more() || answer.workloads().isEmpty()) {
                return all;
            }
            if (all.size() > MOST_LISTED) {
                throw new HostException.Unreadable(what(host, "workload.list") + " gave more than " + MOST_LISTED);
            }
            after = answer.workloads().getLast().workloadId();
        }
    }

    /** @throws HostException if there is no answer in time */
    HostHeartbeat heartbeat(String host, Duration within) {
        return ask(host, "heartbeat", Map.of(), HostHeartbeat.class, within);
    }

    private WorkloadStatus status(String host, String command, Object request, String workloadId, Duration within) {
        return ask(host, command, request, WorkloadStatusResponse.class, within)
                .workloadStatus()
                // A request that the host cannot read it answers without an id.
                .filter(s -> s.workloadId().isEmpty() || s.workloadId().equals(workloadId))
                .orElseThrow(() -> new HostException.Unreadable(
                        what(host, command) + " was not answered for workload " + workloadId));
    }

    private <T> T ask(String host, String command, Object request, Class<T> answer, Duration within) {
        if (!HeartbeatReader.isId(host)) {
            throw new HostException.Unsendable("a host's id has letters, digits, - and _, not: " + host);
        }
        Connection connection = connection(host, command);
        byte[] body = ProtoJson.write(request);
        if (body.length > connection.getMaxPayload()) {
            throw new HostException.Unsendable(what(host, command) + " has " + body.length
                    + " bytes; the NATS server takes at most " + connection.getMaxPayload() + " (its max_payload)");
        }
        try {
            // The library's own timeout cancels, as it does without anybody who answers; it is later than ours.
            CompletableFuture<Message> reply = connection.requestWithTimeout(
                    "runtime.host." + host + "." + command, body, within.plusSeconds(30));
            return ProtoJson.read(awaited(reply, within).getData(), answer);
        } catch (TimeoutException e) {
            throw new HostException.TimedOut(what(host, command) + " was not answered within " + within.toSeconds() + " s");
        } catch (CancellationException e) {
            throw cancelled(connection, host, command);
        } catch (ExecutionException | IllegalStateException e) { // as when the connection is lost just now
            throw new HostException.NotConnected(what(host, command) + " has failed: " + e.getMessage());
        } catch (MessageException e) {
            throw new HostException.Unreadable(what(host, command) + " was answered, but " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException.TimedOut(what(host, command) + " was interrupted");
        }
    }

    private static Message awaited(CompletableFuture<Message> reply, Duration within)
            throws TimeoutException, ExecutionException, InterruptedException {
        try {
            return reply.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            reply.cancel(false);
        }
    }

    private Connection connection(String host, String command) {
        try {
            return nats.connected(CONNECTED);
        } catch (PluginException.Unavailable e) {
            throw new HostException.NotConnected(what(host, command) + " was not sent: NATS is not connected");
        }
    }

    private static HostException cancelled(Connection connection, String host, String command) {
        return connection.getStatus() == Connection.Status.CONNECTED
                ? new HostException.Absent(what(host, command) + " reached nobody: the host is not at NATS")
                : new HostException.NotConnected(what(host, command) + " lost its connection to NATS");
    }

    private static String what(String host, String command) {
        return command + " to host " + host;
    }
}
