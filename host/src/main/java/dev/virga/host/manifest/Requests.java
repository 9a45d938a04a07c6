package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Size;

/** What a workload needs of its host. In a cluster no host gets more workloads than it has room for. */
public record Requests(
        @Field(value = "Memory.", fallback = "0") Size memory,
        @Field(value = "Processors.", fallback = "0") Processors cpu) {}
