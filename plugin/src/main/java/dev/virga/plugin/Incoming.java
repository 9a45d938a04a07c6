package dev.virga.plugin;

import java.util.Map;

/**
 * What has come in from outside and is the cause of a guest's call.
 *
 * @param system that it came by, for example {@code nats}
 * @param destination that it was sent to, for example a subject
 * @param context {@code traceparent} and the like of its headers; may be empty
 */
public record Incoming(String system, String destination, Map<String, String> context) {}
