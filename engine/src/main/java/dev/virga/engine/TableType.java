package dev.virga.engine;

/** The type of a table; limits in elements. */
public record TableType(ValType.Ref element, Limits limits) {}
