package dev.virga.wasi.filesystem;

/** {@code wasi:filesystem/types.open-flags}. */
public enum OpenFlag {
    CREATE,
    DIRECTORY,
    EXCLUSIVE,
    TRUNCATE
}
