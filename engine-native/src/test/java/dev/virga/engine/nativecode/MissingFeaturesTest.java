package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.ModuleException;
import dev.virga.engine.contract.EngineContract;
import dev.virga.engine.contract.Guest;
import org.junit.jupiter.api.Test;

/** What the code generator does not compile yet is refused, and the refusal names it. */
class MissingFeaturesTest extends EngineContract implements NativeSource {

    @Test
    void areNamed() {
        String refusal = assertThrows(
                ModuleException.Unsupported.class, () -> engine.compile(Guest.binary("atomics"))).getMessage();
        assertTrue(refusal.startsWith("threads"), refusal);
    }
}
