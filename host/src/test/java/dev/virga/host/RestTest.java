package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workloads that rest while nobody calls them. */
@Timeout(120)
class RestTest {

    private static final String APP = "app.localhost";

    @TempDir
    private Path data;

    private static String workload(int replicas, String idleAfter) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: app}
                spec:
                  replicas: %d
                  template:
                    spec:
                      components:
                        - {name: api, image: file:%s/resident.wasm, poolSize: 1}
                virga: {scaleToZero: {idleAfter: %s}}
                """.formatted(replicas, TestHost.GUESTS, idleAfter);
    }

    @Test
    void theFirstRequestWakesWhatRests() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload(1, "100ms"));
            Status asleep = host.await("app", s -> s.phase().equals("Asleep") && s.instances() == 0);
            assertEquals(0, asleep.wanted());
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                host.await("app", s -> s.phase().equals("Asleep") && s.instances() == 0);
                long begun = System.nanoTime();
                host.assertAnswer(200, "ok", APP, "/");
                times.add(Duration.ofNanos(System.nanoTime() - begun));
            }
            System.out.println("first requests after a rest: " + times);
        }
    }

    @Test
    void noRequestIsLostAroundRests() throws Exception {
        try (TestHost host = new TestHost(data);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            host.apply(workload(2, "1ms"));
            host.await("app", s -> s.phase().equals("Asleep"));
            List<Future<Integer>> bad = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                int pause = client;
                Callable<Integer> work = () -> {
                    int lost = 0;
                    for (int i = 0; i < 100; i++) {
                        lost += host.get(APP, "/").equals(new Answer(200, "ok")) ? 0 : 1;
                        Thread.sleep(pause); // so that it falls asleep in between, at all moments
                    }
                    return lost;
                };
                bad.add(clients.submit(work));
            }
            for (Future<Integer> each : bad) {
                assertEquals(0, each.get());
            }
        }
    }

    @Test
    void aLongRequestKeepsItAwake() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload(1, "20ms"));
            host.await("app", s -> s.phase().equals("Asleep"));
            host.assertAnswer(200, "slept", APP, "/sleep/200");
            host.await("app", s -> s.phase().equals("Asleep"));
        }
    }

    @Test
    void requestsGoToAllReplicasInTurn() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload(3, "10m"));
            host.await("app", s -> s.phase().equals("Running") && s.ready() == 3);
            for (int i = 0; i < 6; i++) {
                host.assertAnswer(200, Integer.toString(i / 3 + 1), APP, "/calls");
            }
        }
    }

    @Test
    void whatCannotWakeSaysWhy() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload(1, "50ms"));
            host.await("app", s -> s.phase().equals("Asleep"));
            host.apply(workload(1, "50ms").replace("resident.wasm", "none.wasm"));
            Answer answer = host.awaitAnswer(APP, "/", a -> a.status() == 503);
            assertTrue(answer.body().contains("none.wasm"), answer.body());
            assertEquals("Error", host.status("app").phase());
            host.apply(workload(1, "50ms"));
            host.awaitAnswer(APP, "/", a -> a.status() == 200);
        }
    }

    @Test
    void aComponentThatAnswersNothingIsNotWaitedFor() throws Exception {
        String rules = workload(1, "10m").replace("resident.wasm, poolSize: 1", "rules.wasm");
        try (TestHost host = new TestHost(data)) {
            host.apply(rules);
            host.await("app", s -> s.phase().equals("Running"));
            assertEquals(503, host.get(APP, "/").status());
        }
    }
}
