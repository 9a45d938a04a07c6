package dev.virga.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aCommandIsSplitAtSpacesThatNoQuotesKeep() {
        assertEquals(
                List.of("wasmtime", "serve", "--addr", "{addr}", "a file.wasm", ""),
                Plan.words("wasmtime serve  --addr {addr} 'a file.wasm' \"\""));
        assertThrows(BenchmarkException.class, () -> Plan.words("a 'b"));
    }

    @Test
    void aRequestThatWouldBreakItsLinesIsRefused() {
        assertThrows(BenchmarkException.class, () -> new Request("GET", "/a b", Map.of(), new byte[0]));
        assertThrows(BenchmarkException.class, () -> new Request("GET", "/\r\nX: y", Map.of(), new byte[0]));
        assertThrows(BenchmarkException.class, () -> new Request("GET", "/", Map.of("X", "a\nb"), new byte[0]));
        assertThrows(BenchmarkException.class, () -> new Request("G T", "/", Map.of(), new byte[0]));
    }
}
