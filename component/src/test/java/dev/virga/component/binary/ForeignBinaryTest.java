package dev.virga.component.binary;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ForeignBinaryTest {

    @Test
    void aCoreModuleIsToldHowToBecomeAComponent() {
        says(Bytes.module().array(), "this is a core module, not a component", "wasm-tools component new");
    }

    @Test
    void aPreview1ModuleIsToldHowToBeAdapted() {
        Bytes imported = new Bytes().name("wasi_snapshot_preview1").name("fd_write").then(0, 0);
        byte[] module = Bytes.module()
                .section(1, 1, Bytes.of(0x60, 0, 0))
                .section(2, 1, imported)
                .array();
        says(module, "core module for WASI preview 1", "--adapt wasi_snapshot_preview1=", "wasm32-wasip2");
    }

    @Test
    void aBrokenCoreModuleIsStillACoreModule() {
        says(Bytes.module().then(1, 0x7f).array(), "this is a core module, not a component");
    }

    @Test
    void textIsToldFromBinary() {
        says("(component)".getBytes(StandardCharsets.US_ASCII), "WebAssembly text", "wasm-tools parse");
    }

    @Test
    void otherFilesAreNotWebAssembly() {
        says(new byte[0], "the file is empty");
        says("#!/bin/sh\nexit".getBytes(StandardCharsets.US_ASCII), "not WebAssembly");
        says(new byte[] {0, 'a', 's', 'm', 0x0d}, "unexpected end of the component's header");
        says(Bytes.of(0, 'a', 's', 'm', 0x0e, 0, 1, 0).array(), "unknown binary version");
    }

    private static void says(byte[] bytes, String... parts) {
        ComponentException error = assertThrows(ComponentException.Malformed.class, () -> ComponentDecoder.decode(bytes));
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }
}
