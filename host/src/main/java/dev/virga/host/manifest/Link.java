package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.time.Duration;
import java.util.Optional;

/** An import that a component on another host serves. Without such an entry no call leaves the process. */
public record Link(
        @Field(value = "Interface that is imported.", name = "interface", text = Text.INTERFACE) String interfaceName,
        @Field(value = "Component that imports it; without, all that do.", text = Text.LABEL)
                Optional<String> component,
        @Field("Component that exports it.") LinkTarget to,
        @Field(value = "What carries the calls.", fallback = "nats") Transport via,
        @Field(value = "Time for a call.", fallback = "5s", min = 1) Duration deadline) {}
