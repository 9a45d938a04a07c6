package dev.virga.engine.contract;

import dev.virga.engine.Engine;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the engine that a test of the contract is about. */
public interface EngineSource {

    /** @param cache the directory of compiled modules */
    Engine newEngine(Optional<Path> cache);
}
