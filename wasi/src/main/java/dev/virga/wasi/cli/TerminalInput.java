package dev.virga.wasi.cli;

/** {@code terminal-input}: says by being there that standard input is a terminal. */
public final class TerminalInput {}
