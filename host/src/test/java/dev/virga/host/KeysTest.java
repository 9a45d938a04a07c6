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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant with 100,000 keys: its listings are bounded, and another one's keys in the same store are served meanwhile. */
@Timeout(120)
class KeysTest {

    private static final int REQUESTS = 100;
    private static final long LONG = 500_000_000L;

    @TempDir
    private Path data;

    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(data);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** A workload in a namespace of its own that answers at NAME.test. */
    private void apply(String name, String backend, String settings) throws InterruptedException {
        host.apply("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s, namespace: %1$s}
                spec:
                  replicas: 1
                  template:
                    spec:
                      hostInterfaces:
                        - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: %1$s.test}}
                        - {namespace: wasi, package: keyvalue, interfaces: [store, batch], config: {backend: %2$s}}
                      components:
                        - {name: guest, image: "file:%3$s/keys.wasm"}
                virga: {%4$s}
                """.formatted(name, backend, TestHost.GUESTS, settings));
        host.await(name, s -> s.phase().equals("Running"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "memory"})
    void anotherTenantsKeysAreServedWhileListingsGoOn(String backend) throws Exception {
        apply("good", backend, "");
        apply("bad", backend, "limits: {cpu: {deadline: 60s}}, requestTimeout: 60s");
        assertEquals(new Answer(200, "100001 101 1000"), host.get("bad.test", "/list"));
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> attackers = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            attackers.add(Thread.startVirtualThread(() -> listOn(over)));
        }
        long before = host.status("bad").cpuNanos();
        host.await("bad", s -> s.cpuNanos() > before + 10_000_000);
        long[] nanos = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long begun = System.nanoTime();
            assertEquals(new Answer(200, "ok"), host.get("good.test", "/"));
            nanos[i] = System.nanoTime() - begun;
        }
        over.set(true);
        host.host().delete(Kind.WORKLOAD_DEPLOYMENT, "bad", "bad");
        for (Thread attacker : attackers) {
            attacker.join();
        }
        Arrays.sort(nanos);
        assertTrue(nanos[REQUESTS * 9 / 10] < LONG, () -> "a neighbour waited " + nanos[REQUESTS * 9 / 10] / 1_000_000
                + " ms and more for one answer in ten");
    }

    private void listOn(AtomicBoolean over) {
        while (!over.get()) {
            try {
                host.get("bad.test", "/lists");
            } catch (IOException e) {
                // the workload is gone
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "memory"})
    void listingForEverEndsWithTheWorkloadsProcessorTimeAndMemory(String backend) throws Exception {
        apply("bad", backend, "limits: {memory: 16Mi}");
        assertEquals("100000", host.get("bad.test", "/store").body());
        assertEquals(500, host.get("bad.test", "/hoard").status());
        host.awaitLog("raise virga.limits.memory");
        host.host().delete(Kind.WORKLOAD_DEPLOYMENT, "bad", "bad");
        apply("bad", backend, "limits: {cpu: {deadline: 200ms}}");
        assertEquals(500, host.get("bad.test", "/lists").status());
        host.awaitLog("raise virga.limits.cpu.deadline");
        host.await("bad", s -> s.instances() == 0 && s.memory() == 0);
    }
}
