package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;

/** An image under a name. */
@Ignores({"apiVersion", "kind", "status"})
public record Artifact(
        @Field("Name, namespace, labels.") Metadata metadata,
        @Field("The image.") ArtifactSpec spec) implements Manifest {}
