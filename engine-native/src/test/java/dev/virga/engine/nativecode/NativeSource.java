package dev.virga.engine.nativecode;

import dev.virga.engine.Engine;
import dev.virga.engine.contract.EngineSource;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsNativeEngine.class)
interface NativeSource extends EngineSource {

    @Override
    default Engine newEngine(Optional<Path> cache) {
        return new NativeEngine(cache);
    }
}
