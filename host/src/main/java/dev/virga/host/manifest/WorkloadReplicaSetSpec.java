package dev.virga.host.manifest;

import dev.virga.host.shape.Field;

/** How many replicas of what. */
public record WorkloadReplicaSetSpec(
        @Field(value = "How many run.", fallback = "1") int replicas,
        @Field("What each replica is.") WorkloadTemplate template) {}
