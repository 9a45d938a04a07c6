package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.util.Optional;

/** How many requests are taken; the others get 429. */
public record RateLimit(
        @Field(value = "Requests in a second, on the average.", min = 1) int requestsPerSecond,
        @Field(value = "Requests that may come at once; by default those of a second.", min = 1)
                Optional<Integer> burst) {}
