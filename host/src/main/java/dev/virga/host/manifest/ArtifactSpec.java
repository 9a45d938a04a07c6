package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.util.Optional;

/** An image and how to fetch it. */
public record ArtifactSpec(
        @Field("Image with the component.") ImageReference image,
        @Field("Secret of type kubernetes.io/dockerconfigjson for the registry.")
                Optional<Reference> imagePullSecret) {}
