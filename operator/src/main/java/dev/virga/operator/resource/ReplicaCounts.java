package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** How many workloads there should be, are, are ready, and are not. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReplicaCounts(int expected, int current, int ready, int unavailable) {

    public static final ReplicaCounts NONE = new ReplicaCounts(0, 0, 0, 0);
}
