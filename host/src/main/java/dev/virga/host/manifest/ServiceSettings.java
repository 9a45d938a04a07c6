package dev.virga.host.manifest;

import dev.virga.host.shape.Field;

/** How a service is kept running. */
public record ServiceSettings(
        @Field(value = "When it is started again.", fallback = "{}") Restart restart) {}
