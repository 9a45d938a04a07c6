package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleBinary;
import dev.virga.engine.Store;
import dev.virga.engine.contract.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsNativeEngine.class)
class CodeGivenBackTest {

    @TempDir
    private Path cache;

    private static boolean isMapped(long address) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.anyMatch(line -> line.startsWith(Long.toHexString(address) + "-"));
        }
    }

    /** Runs a module that nobody keeps; where its code was. */
    private static long ran(NativeEngine engine) {
        NativeModule module = (NativeModule) engine.compile(new ModuleBinary(Guest.binary("loops")));
        try (Store store = engine.newStore(Limiter.UNLIMITED)) {
            Guest.of(module, store, Map.of()).call("compute", 1_000);
        }
        return module.address();
    }

    @Test
    @Timeout(60)
    void theCodeOfAModuleGoesWithIt() throws Exception {
        try (NativeEngine engine = new NativeEngine(Optional.of(cache))) {
            for (int i = 0; i < 2; i++) { // compiled, and out of the cache
                long address = ran(engine);
                while (isMapped(address)) {
                    System.gc();
                    Thread.sleep(1); // so that the timeout ends a wait in vain
                }
            }
            assertTrue(engine.cached(new ModuleBinary(Guest.binary("loops"))).isPresent());
        }
    }
}
