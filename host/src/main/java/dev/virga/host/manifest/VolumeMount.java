package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;

/** A volume as a directory of a component. */
public record VolumeMount(
        @Field(value = "Name of the volume.", text = Text.LABEL) String name,
        @Field(value = "Absolute path under which the component sees it.", text = Text.PATH) String mountPath,
        @Field(value = "Whether it can only be read.", fallback = "false") boolean readOnly) {}
