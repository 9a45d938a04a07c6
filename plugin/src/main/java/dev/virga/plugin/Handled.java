package dev.virga.plugin;

/**
 * An interface for guests to export.
 *
 * @param name with its version, for example {@code wasmcloud:messaging/handler@0.2.0}; versions match by semver
 * @param api as {@link dev.virga.component.PreparedComponent#exported} takes it
 */
public record Handled<I>(String name, Class<I> api) {}
