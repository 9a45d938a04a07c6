package dev.virga.telemetry;

import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a log.
 *
 * @param workload empty for what concerns the whole host
 * @param message as the guest wrote it: whoever shows it has to make it harmless
 */
public record LogLine(Instant time, LogLevel level, Optional<WorkloadName> workload, LogOrigin origin, String message) {}
