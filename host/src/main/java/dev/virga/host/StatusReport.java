package dev.virga.host;

import dev.virga.host.workload.RunningWorkload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says how something that was applied fares. */
final class StatusReport {

    private StatusReport() {}

    static Status of(
            Controlled controlled,
            Progress progress,
            Optional<String> routeProblem,
            List<String> routes,
            Instant created) {
        List<RunningWorkload> running =
                progress.replicas().stream().map(Replica::workload).toList();
        List<String> messages = new ArrayList<>();
        if (!progress.problem().isEmpty()) {
            messages.add(progress.problem());
        }
        routeProblem.ifPresent(messages::add);
        running.stream().map(RunningWorkload::message).filter(m -> !m.isEmpty()).distinct().forEach(messages::add);
        int ready = (int) progress.replicas().stream().filter(Replica::isHealthy).count();
        int wanted = progress.phase().equals("Asleep") ? 0 : progress.desired().replicas();
        return new Status(
                controlled.id().kind().toString(),
                controlled.name().namespace(),
                controlled.name().name(),
                routeProblem.isPresent() && progress.problem().isEmpty() ? "Degraded" : progress.phase(),
                String.join("; ", messages),
                progress.revision(),
                wanted,
                ready,
                progress.updated(),
                running.stream().mapToInt(RunningWorkload::restarts).sum(),
                running.stream().mapToInt(RunningWorkload::instances).sum(),
                running.stream().mapToLong(RunningWorkload::memory).sum(),
                running.stream().mapToLong(RunningWorkload::cpu).sum(),
                routes,
                conditions(progress, routeProblem, ready, wanted),
                created);
    }

    private static List<Condition> conditions(
            Progress progress, Optional<String> routeProblem, int ready, int wanted) {
        boolean settled = progress.problem().isEmpty();
        return List.of(
                new Condition("Sync", settled, settled ? "Synced" : "Failed", progress.problem()),
                new Condition(
                        "Routes",
                        routeProblem.isEmpty(),
                        routeProblem.isEmpty() ? "Routed" : "Conflict",
                        routeProblem.orElse("")),
                new Condition(
                        "Ready",
                        ready >= wanted,
                        ready >= wanted ? "AllReady" : "NotReady",
                        ready + " of " + wanted + " replicas are ready"));
    }
}
