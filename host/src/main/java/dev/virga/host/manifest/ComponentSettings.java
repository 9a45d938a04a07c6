package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Overrides;
import java.time.Duration;
import java.util.Optional;

/** What Virga adds to a component; it wins over the workload's. */
public record ComponentSettings(
        @Field("Limits of this component.") Overrides<Limits> limits,
        @Field(value = "How long a request may take, from its headers to the end of the answer.", min = 1)
                Optional<Duration> requestTimeout) {}
