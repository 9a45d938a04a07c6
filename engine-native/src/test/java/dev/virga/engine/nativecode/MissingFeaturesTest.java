package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.ModuleException;
import dev.virga.engine.contract.EngineContract;
import dev.virga.engine.contract.Guest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the code generator does not compile yet is refused, and the refusal names it. */
class MissingFeaturesTest extends EngineContract implements NativeSource {

    @ParameterizedTest
    @CsvSource({"exceptions, exceptions", "atomics, threads"})
    void areNamed(String module, String feature) {
        String refusal = assertThrows(
                ModuleException.Unsupported.class, () -> engine.compile(Guest.binary(module))).getMessage();
        assertTrue(refusal.startsWith(feature), refusal);
    }
}
