package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;

/** A directory of the host. */
public record HostPathVolume(@Field(value = "Its absolute path.", text = Text.PATH) String path) {}
