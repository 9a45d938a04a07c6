package dev.virga.host;

import dev.virga.host.workload.WorkloadState;
import java.util.List;

/**
 * How far an object is on its way to what is wanted.
 *
 * @param updated replicas of the template that is wanted
 * @param problem why it is not as it should be; empty if it is, or may become so
 */
record Progress(Desired desired, int revision, List<Replica> replicas, int updated, Stage stage, String problem) {

    enum Stage {
        /** Something is being done, or about to be. */
        CHANGING,
        SETTLED,
        /** It rests until somebody calls. */
        ASLEEP,
        STOPPING
    }

    String phase() {
        if (!problem.isEmpty() && stage != Stage.STOPPING) {
            return replicas.isEmpty() ? "Error" : "Degraded";
        }
        return switch (stage) {
            case STOPPING -> "Stopping";
            case ASLEEP -> "Asleep";
            case CHANGING -> replicas.isEmpty() ? "Starting" : "Updating";
            case SETTLED -> settledPhase();
        };
    }

    private String settledPhase() {
        if (replicas.stream().anyMatch(r -> !r.isHealthy() || r.workload().state() == WorkloadState.ERROR)) {
            return "Degraded";
        }
        boolean completed = !replicas.isEmpty()
                && replicas.stream().allMatch(r -> r.workload().state() == WorkloadState.COMPLETED);
        return completed ? "Completed" : "Running";
    }

    /** Of the one replica of a workload that a scheduler has placed. */
    WorkloadState state() {
        if (stage == Stage.STOPPING) {
            return WorkloadState.STOPPING;
        }
        if (!replicas.isEmpty()) {
            Replica replica = replicas.getFirst();
            return replica.isHealthy() ? replica.workload().state() : WorkloadState.ERROR;
        }
        if (stage == Stage.ASLEEP) {
            return WorkloadState.RUNNING;
        }
        return problem.isEmpty() ? WorkloadState.STARTING : WorkloadState.ERROR;
    }
}
