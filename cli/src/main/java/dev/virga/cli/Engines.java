package dev.virga.cli;

import dev.virga.engine.Engine;
import dev.virga.engine.portable.PortableEngine;
import java.util.Optional;

/** The engines by the names of {@code --engine}. */
public final class Engines {

    private Engines() {}

    /** @throws CliException.Usage if there is no engine of this name */
    public static Engine open(String name, boolean trusted) {
        return switch (name) {
            case "portable" -> trusted
                    ? PortableEngine.withGarbageCollection(Optional.of(CacheDirectory.find()))
                    : new PortableEngine(Optional.of(CacheDirectory.find()));
            default -> throw new CliException.Usage("--engine " + name + ": unknown; there is portable");
        };
    }
}
