package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.ModuleException;
import dev.virga.engine.contract.Guest;
import dev.virga.engine.contract.HostileModuleContract;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
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

    /** Each would cost the JVM a part of its code cache for good. */
    @Test
    void typesOfFunctionsWithoutEndAreRefused() {
        ByteArrayOutputStream types = new ByteArrayOutputStream();
        int count = 1 << 13;
        for (int i = 0; i < count; i++) {
            types.writeBytes(new byte[] {0x60, 13});
            for (int bit = 0; bit < 13; bit++) {
                types.write((i >> bit & 1) == 0 ? 0x7f : 0x7e);
            }
            types.write(0);
        }
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(HexFormat.of().parseHex("0061736d0100000001"));
        leb(types.size() + 2, module);
        leb(count, module);
        module.writeBytes(types.toByteArray());
        assertRefusalNames("functions of 8192 types", module.toByteArray());
    }

    private static void leb(int value, ByteArrayOutputStream out) {
        for (int left = value; ; left >>>= 7) {
            if (left < 0x80) {
                out.write(left);
                return;
            }
            out.write(left & 0x7f | 0x80);
        }
    }

    @Test
    void codeThatTheJvmRefusesIsRefusedInWords() {
        // (func (param i32) local.get 0 (block local.get 0 br_if 1 nop) drop (if (local.get 0) (then nop)))
        byte[] module = HexFormat.of().parseHex("0061736d01000000" + "01050160017f00" + "03020100"
                + "07050101660000" + "0a150113002000024020000d01010b1a20000440010b0b");
        Guest guest = Guest.of(engine.compile(module), store, Map.of());
        assertThrows(ModuleException.Unsupported.class, () -> guest.call("f", 1));
    }
}
