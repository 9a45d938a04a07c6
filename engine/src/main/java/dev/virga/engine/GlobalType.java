package dev.virga.engine;

/** The type of a global variable. */
public record GlobalType(ValType value, boolean mutable) {}
