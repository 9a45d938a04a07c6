package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.List;
import java.util.Optional;

/** An export that components on other hosts may call. Without such an entry nobody can. */
public record Serve(
        @Field(value = "Interface that is exported.", name = "interface", text = Text.INTERFACE) String interfaceName,
        @Field(value = "Component that exports it; without, all that do.", text = Text.LABEL)
                Optional<String> component,
        @Field(
                        value = "Namespaces whose workloads may call; by default only this one's.",
                        text = Text.LABEL,
                        maxItems = 64)
                List<String> to) {}
