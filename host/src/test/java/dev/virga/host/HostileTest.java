package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one guest does to the host: it is stopped, told why, and has what it may have the next time. */
@Timeout(60)
class HostileTest {

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

    private Answer get(String path) throws IOException {
        return host.get("bad.test", path);
    }

    private void assertGoesOn() throws IOException {
        assertEquals("ok", get("/").body());
    }

    private void awaitNoInstances() throws InterruptedException {
        host.await("bad", s -> s.instances() == 0 && s.memory() == 0);
    }

    @Test
    void computingForEverEndsWithItsProcessorTime() throws Exception {
        host.applyHostile("bad", "", "limits: {cpu: {deadline: 100ms}}");
        for (String path : List.of("/loop", "/fill", "/flood", "/line")) {
            assertEquals(500, get(path).status(), path);
        }
        host.awaitLog("raise virga.limits.cpu.deadline");
        assertGoesOn();
        awaitNoInstances();
    }

    @Test
    void aGuestGetsTheMemoryOfAnInstance() throws Exception {
        host.applyHostile("bad", "", "limits: {memory: 32Mi}");
        int mib = Integer.parseInt(get("/allocate").body());
        assertTrue(mib > 24 && mib <= 32, mib + " MiB");
        host.awaitLog("raise virga.limits.memory");
        awaitNoInstances();
    }

    @Test
    void aGuestGetsTheMemoryOfItsWorkload() throws Exception {
        host.applyHostile("bad", "", "limits: {workloadMemory: 16Mi}");
        int mib = Integer.parseInt(get("/allocate").body());
        assertTrue(mib > 8 && mib <= 16, mib + " MiB");
        host.awaitLog("raise virga.limits.workloadMemory");
        awaitNoInstances();
    }

    @Test
    void nothingIsLeftInMemoryForTheNextTenant() throws Exception {
        host.applyHostile("bad", "", "");
        host.applyHostile("other", ", poolSize: 1", "");
        for (int i = 0; i < 5; i++) {
            assertEquals("48", get("/mark?48").body());
            assertEquals("0", host.get("other.test", "/scan?" + (8 + i)).body());
            assertEquals("0", get("/scan?48").body());
        }
    }

    @Test
    void logsAreCutAndCannotSteerATerminal() throws Exception {
        host.applyHostile("bad", "", "limits: {logRate: 4Ki}");
        assertEquals("flooded", get("/flood?20000").body());
        assertEquals("flooded", get("/flood?1").body());
        host.awaitLog("flood 1");
        long lines = host.log().lines().filter(l -> l.contains("flood ")).count();
        assertTrue(lines < 1000, lines + " lines of 20000");
        assertFalse(host.log().contains("\u001b"), "an escape sequence was passed on");
    }

    @Test
    void socketsAreCounted() throws Exception {
        host.applyHostile("bad", "", "");
        for (int i = 0; i < 3; i++) {
            assertTrue(Integer.parseInt(get("/sockets").body()) <= 1024);
        }
        awaitNoInstances();
    }

    @Test
    void hugeRequestsOfTheHostTrap() throws Exception {
        host.applyHostile("bad", "", "");
        assertEquals(500, get("/random").status());
        assertEquals(500, get("/recurse").status());
        assertGoesOn();
        awaitNoInstances();
    }

    @Test
    void waitingAndDrippingEndWithTheRequestsTime() throws Exception {
        host.applyHostile("bad", "", "requestTimeout: 200ms");
        assertEquals(504, get("/sleep").status());
        assertEquals(200, get("/drip").status());
        awaitNoInstances();
    }

    @Test
    void whatIsNoAnswerIsAnError() throws Exception {
        host.applyHostile("bad", ", poolSize: 1", "");
        assertEquals(500, get("/silent").status());
        assertEquals(500, get("/exit?1").status());
        assertFalse(get("/longer").body().contains("HTTP/1.1"), "bytes behind the announced length were sent");
        get("/hold");
        assertGoesOn();
    }

    @Test
    void aFreshInstanceRemembersNothing() throws Exception {
        host.applyHostile("bad", "", "");
        assertEquals("1", get("/count").body());
        assertEquals("1", get("/count").body());
    }

    @Test
    void aPooledInstanceThatFailedServesNobodyElse() throws Exception {
        host.applyHostile("bad", ", poolSize: 1", "requestTimeout: 200ms, limits: {cpu: {deadline: 100ms}}");
        for (String failure : List.of("/trap", "/sleep", "/loop", "/recurse", "/exit?0", "/drip")) {
            assertEquals("1", alone("/count").body(), "before " + failure);
            assertEquals("2", alone("/count").body(), "before " + failure);
            alone(failure);
        }
        assertEquals("1", alone("/count").body());
        host.awaitIdle();
        assertEquals(1, host.status("bad").instances());
    }

    /** When the instance of the request before is back, so that this one meets it. */
    private Answer alone(String path) throws Exception {
        host.awaitIdle();
        return get(path);
    }

    @Test
    void aDeadlineThatComesLateStopsNoOtherRequest() throws Exception {
        host.applyHostile("bad", ", poolSize: 1", "requestTimeout: 20ms");
        long rounds = 100_000;
        for (int i = 0; i < 100; i++) {
            boolean inTime = get("/spin?" + rounds).status() == 200;
            rounds = inTime ? rounds + rounds / 4 : rounds - rounds / 2; // around the deadline
            long begun = System.nanoTime();
            Answer next = get("/count");
            boolean tooLate = System.nanoTime() - begun > 20_000_000 && (next.status() == 504 || next.status() == 0);
            assertTrue(next.status() == 200 || tooLate, "answered " + next);
        }
    }

    @Test
    void moreRequestsThanInstancesAreRefusedWithTheReason() throws Exception {
        host.applyHostile("bad", "", "requestTimeout: 1s, limits: {instances: 1}");
        List<FutureTask<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FutureTask<Answer> task = new FutureTask<>(() -> get("/sleep"));
            Thread.ofVirtual().start(task);
            all.add(task);
        }
        int busy = 0;
        for (FutureTask<Answer> task : all) {
            busy += task.get().status() == 503 && task.get().body().contains("concurrency") ? 1 : 0;
        }
        assertTrue(busy >= 2, busy + " were refused");
        assertGoesOn();
    }

    @Test
    void deletingStopsWhatIsUnderWay() throws Exception {
        host.applyHostile("bad", ", poolSize: 2", "requestTimeout: 50s, limits: {cpu: {deadline: 50s}}");
        List<FutureTask<Answer>> all = new ArrayList<>();
        for (String path : List.of("/loop", "/sleep", "/flood", "/fill", "/drip")) {
            FutureTask<Answer> task = new FutureTask<>(() -> get(path));
            Thread.ofVirtual().start(task);
            all.add(task);
        }
        host.await("bad", s -> s.instances() >= 5);
        host.delete(Kind.WORKLOAD_DEPLOYMENT, "bad");
        for (FutureTask<Answer> task : all) {
            task.get();
        }
        host.applyHostile("bad", "", "");
        assertGoesOn();
    }

    @Test
    void poolsThatLeaveNoInstanceAreRefused() throws InterruptedException {
        host.apply("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: bad}
                spec:
                  replicas: 1
                  template:
                    spec:
                      components:
                        - {name: guest, image: "file:%s/hostile.wasm", poolSize: 2}
                        - {name: other, image: "file:%1$s/hostile.wasm", poolSize: 3}
                virga: {limits: {instances: 4}}
                """.formatted(TestHost.GUESTS));
        Status status = host.await("bad", s -> s.phase().equals("Error"));
        assertTrue(status.message().contains("poolSize"), status.message());
    }
}
