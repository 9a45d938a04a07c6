package dev.virga.wasi.cli;

/** {@code terminal-output}: says by being there that an output is a terminal. */
public final class TerminalOutput {}
