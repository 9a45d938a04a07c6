package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.World;
import org.junit.jupiter.api.Test;

class WasiWitTest {

    @Test
    void interfacesAreFoundByNameAndParsedOnce() {
        Interface types = WasiWit.interfaceOf("wasi:http/types");
        assertEquals("wasi:http/types@0.2.12", types.id().toString());
        assertTrue(types.findFunction("[static]response-outparam.set").isPresent());
        assertSame(types, WasiWit.interfaceOf("wasi:http/types"));
    }

    @Test
    void everyInterfaceOfEveryPackageIsFound() {
        WasiWit.everything().packages().stream()
                .flatMap(p -> p.interfaces().stream())
                .forEach(i -> assertEquals(
                        i, WasiWit.interfaceOf("wasi:" + i.id().packageName().name() + "/" + i.id().name())));
    }

    @Test
    void unknownInterfacesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> WasiWit.interfaceOf("wasi:nn/tensor"));
        assertThrows(IllegalArgumentException.class, () -> WasiWit.interfaceOf("wasi:io/nothing"));
        assertThrows(IllegalArgumentException.class, () -> WasiWit.interfaceOf("io"));
    }

    @Test
    void theWorldsOfCommandsAndServersAreThere() {
        Resolution all = WasiWit.everything();
        World command = all.findWorld(Id.parse("wasi:cli/command@0.2.12").orElseThrow()).orElseThrow();
        World proxy = all.findWorld(Id.parse("wasi:http/proxy@0.2.12").orElseThrow()).orElseThrow();
        assertEquals(28, command.imports().size());
        assertEquals("wasi:cli/run@0.2.12", command.exports().getFirst().name());
        assertEquals(11, proxy.imports().size());
        assertEquals("wasi:http/incoming-handler@0.2.12", proxy.exports().getFirst().name());
    }
}
