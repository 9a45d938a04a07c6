package dev.virga.plugin.keyvalue;

import java.util.List;
import java.util.Optional;

/** {@code embedded}: a file in the host's data, {@code NAME.mv}. */
public final class EmbeddedKind implements BackendKind {

    private static final long CAPACITY = 1 << 30;

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Backend open(Opening opening) {
        opening.settings().allow(List.of("capacity"));
        long capacity = opening.settings().bytes("capacity").orElse(CAPACITY);
        LocalFile file = new LocalFile(
                Optional.of(() -> opening.data().get().resolve(opening.name() + ".mv")), opening.log());
        return new LocalBackend(file, capacity);
    }
}
