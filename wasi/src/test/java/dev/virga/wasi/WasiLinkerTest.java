package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.virga.component.Linker;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WasiLinkerTest {

    @Test
    void everyInterfaceFitsItsWit() {
        Linker<WasiContext> linker = new Linker<>();
        assertDoesNotThrow(() -> WasiLinker.define(linker, Function.identity()));
    }
}
