package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Durations;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.time.Duration;

/** Requests that find out whether a replica can serve; an answer below 400 is a yes. */
public record Health(
        @Field(value = "Path that is asked for.", text = Text.URL_PATH, fallback = "/") String path,
        @Field(value = "Time from one request to the next.", fallback = "10s", min = 100) Duration interval,
        @Field(value = "Time for an answer.", fallback = "1s", min = 1) Duration timeout,
        @Field(value = "Failures in a row after which it cannot serve.", fallback = "3", min = 1, max = 1000)
                int failureThreshold,
        @Field(value = "Successes in a row after which it can.", fallback = "1", min = 1, max = 1000)
                int successThreshold)
        implements Checked {

    @Override
    public void check(Report report) {
        if (timeout.compareTo(interval) > 0) {
            report.problem(
                    Durations.print(timeout) + " is more than interval, " + Durations.print(interval), "timeout");
        }
    }
}
