package dev.virga.operator;

import dev.virga.operator.resource.Described;

/** How many workloads are asked for. */
final class Replicas {

    private Replicas() {}

    static int of(Described<?> object) {
        return Math.max(0, object.field("replicas").asInt(1));
    }
}
