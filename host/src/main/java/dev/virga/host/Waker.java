package dev.virga.host;

import dev.virga.ingress.Exchange;
import dev.virga.ingress.Refusal;
import dev.virga.ingress.Service;
import dev.virga.ingress.Target;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Answers for a workload that rests when nobody calls it: wakes it, if need be, and lets it answer. */
final class Waker implements Service {

    private static final int ATTEMPTS = 8;

    private final ControlledState workload;
    private final String component;

    Waker(ControlledState workload, String component) {
        this.workload = workload;
        this.component = component;
    }

    @Override
    public void serve(Exchange exchange) {
        workload.idleness().beginUse();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Target> target = workload.awake(component);
                if (target.isPresent() && target.get().serve(exchange)) {
                    return;
                }
            }
            exchange.refuse(new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    workload.problem().isEmpty()
                            ? "nothing runs behind this route just now"
                            : "the workload does not start: " + workload.problem()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.refuse(new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "the host stops"));
        } finally {
            workload.idleness().endUse();
        }
    }
}
