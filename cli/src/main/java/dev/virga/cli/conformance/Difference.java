package dev.virga.cli.conformance;

/** What a command should have given, and what it gave. */
record Difference(String expected, String got) {}
