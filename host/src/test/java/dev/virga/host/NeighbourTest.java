package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a bad tenant does to another one, roughly, so that it holds on a busy machine too: {@code bench/neighbours.sh}
 * measures it.
 */
@Timeout(120)
class NeighbourTest {

    private static final int REQUESTS = 100;
    private static final long LONG = 500_000_000L;

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/fill", "/allocate", "/flood", "/sockets"})
    void aBadTenantDoesNotStopAnother(String attack) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> attackers = new ArrayList<>();
        try (TestHost host = new TestHost(data)) {
            host.applyHostile("good", "", "");
            host.applyHostile("bad", "", "limits: {cpu: {deadline: 60s}}, requestTimeout: 60s");
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                attackers.add(Thread.startVirtualThread(() -> attack(host, attack, over)));
            }
            host.await("bad", s -> s.cpuNanos() > 10_000_000);
            long[] nanos = new long[REQUESTS];
            for (int i = 0; i < REQUESTS; i++) {
                long begun = System.nanoTime();
                assertEquals("ok", host.get("good.test", "/").body());
                nanos[i] = System.nanoTime() - begun;
            }
            over.set(true);
            host.delete(Kind.WORKLOAD_DEPLOYMENT, "bad");
            for (Thread attacker : attackers) {
                attacker.join();
            }
            Arrays.sort(nanos);
            assertTrue(nanos[REQUESTS * 9 / 10] < LONG, () -> "a neighbour waited " + nanos[REQUESTS * 9 / 10] / 1_000_000
                    + " ms and more for one answer in ten");
        }
    }

    private static void attack(TestHost host, String path, AtomicBoolean over) {
        while (!over.get()) {
            try {
                host.get("bad.test", path);
            } catch (IOException e) {
                // the workload is gone
            }
        }
    }
}
