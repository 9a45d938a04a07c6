package dev.virga.hostapi;

import dev.virga.host.HostException;
import dev.virga.host.PlacementStatus;
import dev.virga.host.Placements;
import dev.virga.host.manifest.Metadata;
import dev.virga.hostapi.message.MessageException;
import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WorkloadIdRequest;
import dev.virga.hostapi.message.WorkloadListRequest;
import dev.virga.hostapi.message.WorkloadListResponse;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.hostapi.message.WorkloadState;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.hostapi.message.WorkloadStatusResponse;
import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does what schedulers ask for. A command takes effect in the order in which it comes, at once; what has to be waited
 * for, and the answer, is left to a thread of its own. So no command waits for another's pull.
 */
final class Commands {

    private static final int LONGEST_ID = 256;
    private static final int LONGEST_MESSAGE = 4000;

    /** In one answer: with the longest of names these have less than the 1 MiB that NATS takes. */
    static final int MOST_LISTED = 1_000;

    /** Of commands that wait for what they have begun; more are answered without. */
    private static final int MOST_WAITING = 256;

    /** What is done after a command has taken effect. */
    private interface Answer {
        WorkloadStatus get() throws InterruptedException;
    }

    private final Placements placements;
    private final Supplier<?> heartbeat;
    private final Timing timing;
    private final String prefix;
    private final Consumer<String> log;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private int underWay; // guarded by this

    /** @param prefix of the subjects of commands */
    Commands(Placements placements, Supplier<?> heartbeat, Timing timing, String prefix, Consumer<String> log) {
        this.placements = placements;
        this.heartbeat = heartbeat;
        this.timing = timing;
        this.prefix = prefix;
        this.log = log;
    }

    /** Called with one message after the other. */
    void take(Message message) {
        byte[] body = message.getData();
        begun(); // before it takes effect, or a host that waits for the last stop would close before the answer
        try {
            switch (message.getSubject().substring(prefix.length())) {
                case "heartbeat" -> onThread(() -> reply(message, heartbeat.get()));
                case "workload.list" -> {
                    String after = body.length == 0 ? "" : ProtoJson.read(body, WorkloadListRequest.class).after();
                    onThread(() -> reply(message, list(after)));
                }
                case "workload.start" -> answer(message, start(body));
                case "workload.status" -> answer(message, status(body));
                case "workload.stop" -> answer(message, stop(body));
                default -> log.accept("a scheduler's command is not known: " + message.getSubject());
            }
        } catch (RuntimeException e) { // a fault of ours must not end the subscription
            log.accept("a scheduler's command has failed: " + message.getSubject() + ": " + e);
        } finally {
            ended();
        }
    }

    private WorkloadListResponse list(String after) {
        List<PlacedWorkload> rest = placements.all().entrySet().stream()
                .filter(e -> e.getKey().compareTo(after) > 0)
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_LISTED + 1)
                .map(e -> placed(e.getKey(), e.getValue()))
                .toList();
        boolean more = rest.size() > MOST_LISTED;
        return new WorkloadListResponse(more ? rest.subList(0, MOST_LISTED) : rest, more);
    }

    private static PlacedWorkload placed(String id, Metadata metadata) {
        return new PlacedWorkload(
                id,
                metadata.namespace(),
                metadata.name(),
                metadata.annotations().getOrDefault(PlacedWorkload.SCHEDULER, ""));
    }

    private Answer start(byte[] body) {
        String id = "";
        try {
            WorkloadStartRequest request = ProtoJson.read(body, WorkloadStartRequest.class);
            id = checked(request.workloadId());
            var workload = request.workload().orElseThrow(() -> new IllegalArgumentException("the message has no workload"));
            if (workload.annotations().getOrDefault(PlacedWorkload.SCHEDULER, "").length() > LONGEST_ID) {
                throw new IllegalArgumentException(
                        "the annotation " + PlacedWorkload.SCHEDULER + " has at most " + LONGEST_ID + " characters");
            }
            if (placements.status(id).isEmpty()) {
                Conversion.Converted converted = Conversion.convert(id, workload);
                placements.start(id, converted.workload(), converted.secrets());
            }
            String known = id;
            return () -> {
                await(() -> placements.awaitStart(known, timing.start()));
                return now(known);
            };
        } catch (MessageException | IllegalArgumentException | HostException e) {
            log.accept("a scheduler's workload " + id + " cannot be started: " + e.getMessage());
            return failed(id, e);
        }
    }

    private Answer status(byte[] body) {
        try {
            String id = checked(ProtoJson.read(body, WorkloadIdRequest.class).workloadId());
            return () -> now(id);
        } catch (MessageException | IllegalArgumentException e) {
            return failed("", e);
        }
    }

    private Answer stop(byte[] body) {
        try {
            String id = checked(ProtoJson.read(body, WorkloadIdRequest.class).workloadId());
            if (!placements.stop(id)) {
                return () -> now(id);
            }
            return () -> {
                await(() -> placements.awaitStop(id, timing.stop()));
                return placements.status(id).isPresent()
                        ? now(id)
                        : new WorkloadStatus(id, WorkloadState.STOPPING, "the workload has stopped");
            };
        } catch (MessageException | IllegalArgumentException e) {
            return failed("", e);
        }
    }

    private static String checked(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("a workloadId has 1 to " + LONGEST_ID + " characters, not " + id.length());
        }
        return id;
    }

    private static Answer failed(String id, RuntimeException why) {
        return () -> new WorkloadStatus(id, WorkloadState.ERROR, cut(why.getMessage()));
    }

    private WorkloadStatus now(String id) {
        Optional<PlacementStatus> status = placements.status(id);
        return status.map(s -> new WorkloadStatus(id, WorkloadState.valueOf(s.state().name()), cut(s.message())))
                .orElse(new WorkloadStatus(id, WorkloadState.NOT_FOUND, "there is no workload of this id here"));
    }

    /** What guests say of themselves may be of any length. */
    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private void answer(Message message, Answer answer) {
        onThread(() -> {
            try {
                reply(message, new WorkloadStatusResponse(Optional.of(answer.get())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does
            }
        });
    }

    private interface Wait {
        void run() throws InterruptedException;
    }

    /** Not if too many wait already. */
    private void await(Wait wait) throws InterruptedException {
        if (waiting.tryAcquire()) {
            try {
                wait.run();
            } finally {
                waiting.release();
            }
        }
    }

    private void onThread(Runnable work) {
        begun();
        Thread.ofVirtual().name("host api").start(() -> {
            try {
                work.run();
            } finally {
                ended();
            }
        });
    }

    private synchronized void begun() {
        underWay++;
    }

    private synchronized void ended() {
        underWay--;
        notifyAll();
    }

    /** Waits, for so long at most, until all commands are answered. */
    synchronized void awaitAnswers(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        for (long left = within.toNanos(); underWay > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** An answer that cannot be sent is lost; what was done is done, and the scheduler's next question finds it so. */
    private void reply(Message message, Object answer) {
        if (message.getReplyTo() == null) {
            return;
        }
        try {
            message.getConnection().publish(message.getReplyTo(), ProtoJson.write(answer));
        } catch (IllegalStateException | IllegalArgumentException e) {
            log.accept("an answer to " + message.getSubject() + " is lost: " + e.getMessage());
        }
    }
}
