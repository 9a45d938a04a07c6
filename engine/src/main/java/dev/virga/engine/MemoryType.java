package dev.virga.engine;

/** The type of a linear memory; limits in pages of 64 KiB. */
public record MemoryType(Limits limits, boolean shared) {}
