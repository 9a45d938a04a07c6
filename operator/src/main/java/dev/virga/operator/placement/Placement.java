package dev.virga.operator.placement;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a workload goes, or why nowhere. */
public sealed interface Placement {

    record Placed(HostView host) implements Placement {}

    /**
     * @param reasons how many hosts fail each constraint; a host counts for the first that it fails, so these add up to
     *     all hosts
     */
    record Unplaceable(Map<Constraint, Integer> reasons) implements Placement {

        public Unplaceable {
            reasons = Map.copyOf(reasons);
        }

        public int hosts() {
            return reasons.values().stream().mapToInt(n -> n).sum();
        }

        /** For example: 0 of 12 hosts fit: 7 lack wasi:keyvalue/store@0.2.0-draft, 5 are cordoned. */
        public String message() {
            if (reasons.isEmpty()) {
                return "no host has reported yet; start one, or see whether hosts and operator use the same NATS";
            }
            return "0 of " + hosts() + (hosts() == 1 ? " host fits: " : " hosts fit: ")
                    + reasons.entrySet().stream()
                            .map(e -> Map.entry(e.getValue(), e.getKey().text(e.getValue())))
                            .sorted(Map.Entry.<Integer, String>comparingByKey(Comparator.reverseOrder())
                                    .thenComparing(Map.Entry.comparingByValue()))
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", "));
        }
    }
}
