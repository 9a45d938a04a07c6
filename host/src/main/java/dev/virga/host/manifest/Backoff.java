package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Durations;
import dev.virga.host.shape.Field;
import java.time.Duration;

/** Pauses that double each time. */
public record Backoff(
        @Field(value = "The first pause.", fallback = "1s", min = 1) Duration initial,
        @Field(value = "The longest pause.", fallback = "5m", min = 1) Duration max)
        implements Checked {

    @Override
    public void check(Report report) {
        if (initial.compareTo(max) > 0) {
            report.problem(Durations.print(initial) + " is more than max, " + Durations.print(max), "initial");
        }
    }
}
