package dev.virga.host.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PluginSetTest {

    private static PluginProvider provider(String name, Runnable close) {
        Plugin plugin = new Plugin() {
            @Override
            public List<Offered<?>> offered() {
                return List.of();
            }

            @Override
            public Binding bind(Grant grant) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                close.run();
            }
        };
        return new PluginProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Plugin open(PluginHost host) {
                return plugin;
            }
        };
    }

    /** Each waits in its end for that of the others. */
    @Test
    void pluginsAreClosedAtTheSameTimeAndAllFailuresAreTold() {
        CyclicBarrier all = new CyclicBarrier(3);
        List<PluginProvider> providers = Stream.of("a", "b", "c").map(name -> provider(name, () -> {
            try {
                all.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
            if (!name.equals("b")) {
                throw new IllegalStateException(name + " is stuck");
            }
        })).toList();
        PluginSet plugins = new PluginSet(providers, _ -> null);
        assertEquals(
                "the plugin a could not be closed: a is stuck; the plugin c could not be closed: c is stuck",
                assertThrows(IllegalStateException.class, plugins::close).getMessage());
        plugins.close(); // has nothing left
    }
}
