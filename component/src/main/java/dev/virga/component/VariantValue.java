package dev.virga.component;

import java.util.Optional;

/** A WIT variant without a Java class of its own. */
public record VariantValue(String name, Optional<Object> payload) {}
