package dev.virga.operator.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses hosts: the same one for the same request and the same hosts, in whatever order these are. */
public final class Scheduler {

    private Scheduler() {}

    public static Placement place(PlacementRequest request, Collection<HostView> hosts) {
        Filter filter = new Filter(request);
        Map<Constraint, Integer> reasons = new HashMap<>();
        List<HostView> suitable = passing(hosts, filter::lasting, reasons);
        List<HostView> fitting = passing(suitable, filter::passing, reasons);
        return new Score(request, hosts, fitting)
                .best()
                .<Placement>map(Placement.Placed::new)
                .orElseGet(() -> new Placement.Unplaceable(reasons));
    }

    private interface Check {
        Optional<Constraint> failed(HostView host);
    }

    private static List<HostView> passing(Collection<HostView> hosts, Check check, Map<Constraint, Integer> reasons) {
        List<HostView> passing = new ArrayList<>(hosts.size());
        for (HostView host : hosts) {
            Optional<Constraint> failed = check.failed(host);
            if (failed.isPresent()) {
                reasons.merge(failed.get(), 1, Integer::sum);
            } else {
                passing.add(host);
            }
        }
        return passing;
    }
}
