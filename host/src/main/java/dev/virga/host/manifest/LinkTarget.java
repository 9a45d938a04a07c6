package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.Optional;

/** A component of another workload. */
public record LinkTarget(
        @Field(value = "Namespace of the workload; by default the same.", text = Text.LABEL) Optional<String> namespace,
        @Field(value = "Name of the workload.", text = Text.NAME) String workload,
        @Field(value = "Its component.", text = Text.LABEL) String component) {}
