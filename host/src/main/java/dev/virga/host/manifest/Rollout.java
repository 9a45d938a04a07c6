package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import java.time.Duration;

/** How a deployment replaces replicas. */
public record Rollout(
        @Field(
                        value = "Replicas beyond the wanted number while new ones start; percentages round up.",
                        fallback = "25%")
                Portion maxSurge,
        @Field(value = "Replicas below the wanted number; percentages round down.", fallback = "0")
                Portion maxUnavailable,
        @Field(
                        value = "Time for a new replica to become ready; beyond it the old ones come back.",
                        fallback = "10m",
                        min = 1)
                Duration progressDeadline)
        implements Checked {

    @Override
    public void check(Report report) {
        if (maxSurge.amount() == 0 && maxUnavailable.amount() == 0) {
            report.problem("maxSurge and maxUnavailable are both 0, so nothing could be replaced");
        }
    }
}
