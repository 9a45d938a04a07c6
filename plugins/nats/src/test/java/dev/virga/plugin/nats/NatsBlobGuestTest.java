package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.blobstore.BlobstoreProvider;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest whose entry names a blob store on NATS. */
class NatsBlobGuestTest {

    private static final WorkloadName GUEST = new WorkloadName("shop", "guest");
    private static final long LARGE = 200 << 20;

    private TestWorkload guest;

    private Object call(String function, Object... arguments) {
        return ((Result<?, ?>) guest.call(List.of(function), arguments)).orElse(error -> {
            throw new AssertionError("the guest said: " + error);
        });
    }

    @Test
    void aGuestKeepsObjects(@TempDir Path store, @TempDir Path data) throws Exception {
        byte[] component = Files.readAllBytes(Path.of("../blobstore/src/test/guests/blobs.wasm"));
        try (NatsServer server = new NatsServer(store);
                TestHost host = new TestHost(new BlobstoreProvider(), data, Map.of(
                        "objects", new PluginHost.Backend("nats", Settings.NONE.with("url", server.url()))));
                TestWorkload started = host.start(GUEST, component, TestHost.grant(
                        GUEST, "wasi:blobstore", Set.of("blobstore", "container", "types"), "backend=objects"))) {
            guest = started;
            call("create", "box");
            call("put", "box", "a", "0123456789".getBytes());
            assertArrayEquals("345".getBytes(), (byte[]) call("get", "box", "a", 3L, 5L));
            assertEquals(false, call("abandon", "box", "b", new byte[100]));
            call("put-zeroes", "box", "large", LARGE);
            assertEquals(Tuple.of(LARGE, 0L), call("count", "box", "large"));
            assertArrayEquals(new byte[10], (byte[]) call("get", "box", "large", LARGE - 10, LARGE));
            assertTrue(guest.call(List.of("get"), "box", "none", 0L, 1L) instanceof Result.Err<?, ?>(String text)
                    && text.contains("there is no object \"none\""));
        }
    }
}
