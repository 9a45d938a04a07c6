package dev.virga.examples.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterTest {

    private static final WorkloadName SHOP = new WorkloadName("team", "shop");
    private static final WorkloadName OTHER = new WorkloadName("other", "shop");

    @TempDir
    Path data;

    @Test
    void theHostFindsThePlugin() {
        assertTrue(ServiceLoader.load(PluginProvider.class).stream()
                .anyMatch(provider -> provider.type() == CounterProvider.class));
    }

    @Test
    void aWorkloadCountsForItself() throws IOException {
        try (TestHost host = new TestHost(new CounterProvider(), data, Map.of());
                TestWorkload shop = start(host, SHOP);
                TestWorkload other = start(host, OTHER)) {
            assertEquals(Result.ok(3L), count(shop, "visits", 3));
            assertEquals(Result.ok(4L), count(shop, "visits", 1), "a later instance goes on");
            assertEquals(Result.ok(1L), count(other, "visits", 1));
        }
    }

    @Test
    void whatAGuestMakesTheHostHoldIsBounded() throws IOException {
        try (TestHost host = new TestHost(new CounterProvider(), data, Map.of());
                TestWorkload shop = start(host, SHOP, "most=2")) {
            count(shop, "a", 1);
            count(shop, "b", 1);
            Result<Void, String> full =
                    Result.err("the workload has as many counters as it may, or the name is too long");
            assertEquals(full, count(shop, "c", 1));
            assertEquals(Result.ok(2L), count(shop, "a", 1));
            assertEquals(
                    "refused example:counter: one more counter (raise \"most\" in the entry's config, or use a shorter "
                            + "name)",
                    shop.audit().get(3));
        }
        try (TestHost host = new TestHost(new CounterProvider(), data, Map.of());
                TestWorkload shop = start(host, SHOP)) {
            assertTrue(count(shop, "x".repeat(1025), 1) instanceof Result.Err);
        }
    }

    @Test
    void aWrongSettingIsRefused() {
        try (TestHost host = new TestHost(new CounterProvider(), data, Map.of())) {
            String message = assertThrows(PluginException.Refused.class, () -> start(host, SHOP, "most=0"))
                    .getMessage();
            assertEquals("the setting \"most\" must be from 1 to 10000, but is 0", message);
        }
    }

    private static TestWorkload start(TestHost host, WorkloadName name, String... settings) throws IOException {
        byte[] guest = Files.readAllBytes(Path.of("src/test/guests/guest.wasm"));
        return host.start(name, guest, TestHost.grant(name, "example:counter", Set.of("counter"), settings));
    }

    /** Counts so many times, in one instance. */
    private static Object count(TestWorkload workload, String name, int times) {
        return workload.call(List.of("count"), name, times);
    }
}
