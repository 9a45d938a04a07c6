package dev.virga.wasi.filesystem;

/** {@code wasi:filesystem/types.advice}. */
public enum Advice {
    NORMAL,
    SEQUENTIAL,
    RANDOM,
    WILL_NEED,
    DONT_NEED,
    NO_REUSE
}
