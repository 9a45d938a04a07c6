package dev.virga.operator;

import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conditions of an object while it is looked at, in the order in which they are set. */
final class Conditions {

    private static final int LONGEST_MESSAGE = 4000;

    private final Status before;
    private final long generation;
    private final Instant now;
    private final Map<String, Condition> set = new LinkedHashMap<>();

    /** @param generation of the object */
    Conditions(Status before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    void yes(String type, String reason, String message) {
        set(type, Condition.TRUE, reason, message);
    }

    void no(String type, String reason, String message) {
        set(type, Condition.FALSE, reason, message);
    }

    void unknown(String type, String reason, String message) {
        set(type, Condition.UNKNOWN, reason, message);
    }

    /** As it was; not known if it was not there. */
    void keep(String type, String reason, String message) {
        before.condition(type).ifPresentOrElse(was -> set.put(type, was), () -> unknown(type, reason, message));
    }

    /** What is set twice has changed since it was set first: a workload that is started again has its time again. */
    private void set(String type, String status, String reason, String message) {
        String since = Optional.ofNullable(set.get(type))
                .or(() -> before.condition(type))
                .filter(was -> was.status().equals(status) && !was.lastTransitionTime().isEmpty())
                .map(Condition::lastTransitionTime)
                .orElse(now.toString());
        String cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        set.put(type, new Condition(type, status, reason, cut, generation, since, ""));
    }

    boolean isTrue(String... types) {
        for (String type : types) {
            if (!set.containsKey(type) || !set.get(type).isTrue()) {
                return false;
            }
        }
        return true;
    }

    Condition get(String type) {
        return set.get(type);
    }

    List<Condition> all() {
        return List.copyOf(set.values());
    }

    /** Those whose status or reason is another than before. */
    List<Condition> changed() {
        List<Condition> changed = new ArrayList<>();
        for (Condition each : set.values()) {
            boolean same = before.condition(each.type())
                    .filter(was -> was.status().equals(each.status()) && was.reason().equals(each.reason()))
                    .isPresent();
            if (!same) {
                changed.add(each);
            }
        }
        return changed;
    }
}
