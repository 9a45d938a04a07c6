package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.ModuleException;
import dev.virga.engine.contract.EngineContract;
import dev.virga.engine.contract.Guest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the code generator does not compile yet is refused, and the refusal names it. */
class MissingFeaturesTest extends EngineContract implements NativeSource {

    @Test
    void areNamed() {
        String refusal = assertThrows(
                ModuleException.Unsupported.class, () -> engine.compile(Guest.binary("atomics"))).getMessage();
        assertTrue(refusal.startsWith("threads"), refusal);
    }

    @Test
    void areFoundOutOnce(@TempDir Path cache) throws IOException {
        for (int i = 0; i < 2; i++) { // each as in a process of its own
            try (NativeEngine engine = new NativeEngine(Optional.of(cache))) {
                assertTrue(assertThrows(
                                ModuleException.Unsupported.class, () -> engine.compile(Guest.binary("atomics")))
                        .getMessage()
                        .startsWith("threads"));
            }
        }
        try (Stream<Path> entries = Files.list(cache)) {
            Path refusal = entries.filter(Files::isRegularFile).findFirst().orElseThrow();
            String kept = Files.readString(refusal, StandardCharsets.ISO_8859_1);
            assertTrue(kept.contains("threads"), kept);
        }
    }
}
