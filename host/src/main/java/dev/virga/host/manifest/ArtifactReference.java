package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;

/** A name in a deployment for an {@link Artifact} of its namespace. */
public record ArtifactReference(
        @Field(value = "Name that images use, as artifact://NAME.", text = Text.NAME) String name,
        @Field("The Artifact.") Reference artifactFrom) {}
