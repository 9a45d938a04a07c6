package dev.virga.wit;

/** A resolved WIT interface. */
public record Interface(String name) {}
