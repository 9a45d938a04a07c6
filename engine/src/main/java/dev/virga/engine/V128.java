package dev.virga.engine;

/** A 128-bit vector, as its low and high 64 bits. */
public record V128(long low, long high) {}
