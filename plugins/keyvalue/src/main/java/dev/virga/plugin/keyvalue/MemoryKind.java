package dev.virga.plugin.keyvalue;

import java.util.List;
import java.util.Optional;

/** {@code memory}: gone with the host. */
public final class MemoryKind implements BackendKind {

    private static final long CAPACITY = 64 << 20;
    private static final long MOST_CAPACITY = 256L << 30;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Backend open(Opening opening) {
        opening.settings().allow(List.of("capacity"));
        long capacity = opening.settings().bytes("capacity", 1, MOST_CAPACITY).orElse(CAPACITY);
        return new LocalBackend(new LocalFile(Optional.empty(), opening.log()), capacity);
    }
}
