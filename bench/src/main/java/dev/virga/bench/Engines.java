package dev.virga.bench;

import dev.virga.engine.Engine;
import dev.virga.engine.portable.PortableEngine;
import java.util.Optional;

/** The engines by name, without a cache: compiling is measured too. */
final class Engines {

    private Engines() {}

    static Engine open(String name) {
        return switch (name) {
            case "portable" -> new PortableEngine(Optional.empty());
            default -> throw new IllegalArgumentException("engine " + name + ": unknown; there is portable");
        };
    }
}
