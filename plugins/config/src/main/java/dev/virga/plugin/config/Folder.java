package dev.virga.plugin.config;

import java.io.IOException;
import java.nio.file.Path;

/** The values in a folder's files as they were read last. */
final class Folder {

    final Path path;
    private volatile Values values;

    /** How many workloads use it; guarded by those who own it. */
    int users;

    Folder(Path path) throws IOException {
        this.path = path;
        this.values = FolderReader.read(path);
    }

    Values values() {
        return values;
    }

    /** On failure the values stay what they were. */
    void readAgain() throws IOException {
        values = FolderReader.read(path);
    }
}
