package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.time.Duration;

/** When a service that has ended is started again. */
public record Restart(
        @Field(value = "How long to wait.", fallback = "{}") Backoff backoff,
        @Field(value = "Time after which a service that ran without ending counts as well, and its restarts from zero.",
                        fallback = "10m", min = 1)
                Duration resetAfter) {}
