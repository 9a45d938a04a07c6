package dev.virga.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
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
    void theOtherServersCommandNamesTheComponentAndWhereToListen() {
        assertEquals(
                List.of("serve", "--addr", "127.0.0.1:81", "/a b.wasm", "--port=81"),
                OtherServer.command(List.of("serve", "--addr", "{addr}", "{file}", "--port={port}"), Path.of("/a b.wasm"), "81"));
    }

    @Test
    void aRequestThatWouldBreakItsLinesIsRefused() {
        assertThrows(BenchmarkException.class, () -> new Request("GET", "/a b", Map.of(), new byte[0]));
        assertThrows(BenchmarkException.class, () -> new Request("GET", "/\r\nX: y", Map.of(), new byte[0]));
        assertThrows(BenchmarkException.class, () -> new Request("GET", "/", Map.of("X", "a\nb"), new byte[0]));
        assertThrows(BenchmarkException.class, () -> new Request("G T", "/", Map.of(), new byte[0]));
    }
}
