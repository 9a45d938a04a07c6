package dev.virga.host;

import dev.virga.ingress.Admission;
import dev.virga.ingress.Exchange;
import dev.virga.ingress.IngressListener;
import dev.virga.telemetry.WorkloadTelemetry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts requests for the workloads that they were for. */
final class RequestCounts implements IngressListener {

    /** A route's admission lives as long as its workload's template, a route only until the next table. */
    private final Map<Admission, WorkloadTelemetry> workloads = new ConcurrentHashMap<>();

    void count(Admission admission, WorkloadTelemetry telemetry) {
        workloads.put(admission, telemetry);
    }

    void forget(Admission admission) {
        workloads.remove(admission);
    }

    @Override
    public void begun(Exchange exchange) {
        // counted when it is over
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        exchange.route().ifPresent(route -> {
            WorkloadTelemetry telemetry = workloads.get(route.admission());
            if (telemetry != null) {
                telemetry.answered(outcome.status(), outcome.nanos(), route.path());
            }
        });
    }
}
