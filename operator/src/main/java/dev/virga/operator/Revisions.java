package dev.virga.operator;

import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The replica sets of a deployment, the oldest revision first. */
record Revisions(List<ReplicaSetObject> sets) {

    Revisions {
        sets = sets.stream()
                .sorted(Comparator.<ReplicaSetObject>comparingLong(Revisions::number)
                        .thenComparing(s -> s.getMetadata().getCreationTimestamp())
                        .thenComparing(s -> s.getMetadata().getName()))
                .toList();
    }

    /** 0 for a set that has none. */
    static long number(HasMetadata set) {
        String text = set.getMetadata().getAnnotations().getOrDefault(Names.REVISION, "0");
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }

    /** Whether it had its time, and has not become ready since either. */
    static boolean failed(HasMetadata set) {
        return "true".equals(set.getMetadata().getAnnotations().get(Names.FAILED)) && !worked(set);
    }

    /** Whether enough of it were ready once, since it was last rolled out. */
    static boolean worked(HasMetadata set) {
        return Long.toString(number(set)).equals(set.getMetadata().getAnnotations().get(Names.WORKED));
    }

    /** Whether nothing of it runs any more, as somebody has seen who knew that it has to be so. */
    static boolean isStopped(ReplicaSetObject set) {
        ReplicaSetStatus status = set.status();
        boolean seen = status.conditions().stream()
                .anyMatch(c -> c.observedGeneration() >= set.getMetadata().getGeneration());
        return Replicas.of(set) == 0 && seen && status.replicas().current() == 0 && status.terminating() == 0;
    }

    long highest() {
        return sets.stream().mapToLong(Revisions::number).max().orElse(0);
    }

    Optional<ReplicaSetObject> named(String name) {
        return last(s -> s.getMetadata().getName().equals(name));
    }

    /** The newest of those. */
    Optional<ReplicaSetObject> last(Predicate<ReplicaSetObject> wanted) {
        return sets.reversed().stream().filter(wanted).findFirst();
    }

    List<ReplicaSetObject> but(String name) {
        return sets.stream().filter(s -> !s.getMetadata().getName().equals(name)).toList();
    }
}
