package dev.virga.plugin;

/** As in {@code wasi:logging}. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    CRITICAL
}
