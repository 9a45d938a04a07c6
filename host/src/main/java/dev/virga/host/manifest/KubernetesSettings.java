package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.util.Optional;

/** What only clusters use. */
public record KubernetesSettings(
        @Field("Service whose endpoints are the hosts that run this.") Optional<Reference> service) {}
