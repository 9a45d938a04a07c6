package dev.virga.wasi.filesystem;

/** {@code wasi:filesystem/types.path-flags}. */
public enum PathFlag {
    SYMLINK_FOLLOW
}
