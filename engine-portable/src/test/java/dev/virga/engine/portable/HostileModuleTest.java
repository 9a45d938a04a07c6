package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.ModuleException;
import dev.virga.engine.contract.HostileModuleContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostileModuleTest extends HostileModuleContract implements PortableSource {

    @Test
    void garbageCollectedObjectsAreRefusedUnlessAllowed() {
        try (PortableEngine allowing = PortableEngine.withGarbageCollection(Optional.empty())) {
            allowing.compile(MAKES_A_STRUCT);
            allowing.compile(MAKES_AN_ARRAY);
        }
        assertRefusalNames("STRUCT_NEW in function 0", MAKES_A_STRUCT);
        assertRefusalNames("ARRAY_NEW_DEFAULT in a constant", MAKES_AN_ARRAY);
    }

    private void assertRefusalNames(String what, byte[] binary) {
        String refusal =
                assertThrows(ModuleException.Unsupported.class, () -> engine.compile(binary)).getMessage();
        assertTrue(refusal.contains(what), refusal);
    }
}
