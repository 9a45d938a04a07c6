package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.time.Duration;

/** Rest. */
public record ScaleToZero(
        @Field(value = "Time without a call after which all instances are stopped.", min = 1) Duration idleAfter) {}
