package dev.virga.hostapi.message;

/**
 * Asks for what is placed on a host; ours, wasmCloud has no such message.
 *
 * @param after the last id of the answer before; empty for the first ones
 */
public record WorkloadListRequest(String after) {}
