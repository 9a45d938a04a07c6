package dev.virga.host;

/**
 * Something that holds of an object, or does not; as Kubernetes has it.
 *
 * @param reason one word
 * @param message for people
 */
public record Condition(String type, boolean holds, String reason, String message) {}
