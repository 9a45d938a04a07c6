package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;

/** Another object of the same namespace. */
public record Reference(@Field(value = "Its name.", text = Text.NAME) String name) {}
