package dev.virga.cli.conformance;

import java.time.Duration;

/**
 * What one script may take.
 *
 * @param memory in bytes, of memories and tables together
 */
record ScriptLimits(Duration timeout, long memory) {}
