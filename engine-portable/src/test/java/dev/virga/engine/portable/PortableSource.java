package dev.virga.engine.portable;

import dev.virga.engine.Engine;
import dev.virga.engine.contract.EngineSource;
import java.nio.file.Path;
import java.util.Optional;

interface PortableSource extends EngineSource {

    @Override
    default Engine newEngine(Optional<Path> cache) {
        return new PortableEngine(cache);
    }
}
