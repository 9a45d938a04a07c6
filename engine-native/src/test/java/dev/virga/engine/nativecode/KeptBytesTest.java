package dev.virga.engine.nativecode;

import dev.virga.engine.CoreModule;
import dev.virga.engine.ModuleBinary;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsNativeEngine.class)
class KeptBytesTest {

    /** A memory with an active segment. */
    private static final String MODULE = "0061736d01000000" + "0503010001" + "0b0701" + "0041000b0161";

    @Test
    @Timeout(60)
    void aModuleWhoseDataIsInItsImageDoesNotKeepItsBytes() throws Exception {
        try (NativeEngine engine = new NativeEngine(Optional.empty())) {
            byte[] bytes = HexFormat.of().parseHex(MODULE);
            WeakReference<byte[]> gone = new WeakReference<>(bytes);
            CoreModule module = engine.compile(new ModuleBinary(bytes));
            bytes = null;
            while (!gone.refersTo(null)) {
                System.gc();
                Thread.sleep(1); // so that the timeout ends a wait in vain
            }
            Reference.reachabilityFence(module);
        }
    }
}
