package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.time.Duration;

/** Processor time. */
public record CpuLimits(
        @Field(
                        value = "Weight against other workloads when there is not enough for all: one with 2 gets twice"
                                + " what one with 1 gets.",
                        fallback = "1",
                        min = 1,
                        max = 10_000)
                int share,
        @Field(value = "Processor time of a call; beyond it the call traps.", fallback = "10s", min = 1)
                Duration deadline) {}
