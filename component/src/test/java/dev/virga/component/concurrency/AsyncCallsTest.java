package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.concurrency.Waits.Calling;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of asynchronous functions between host and guest, in each style that a guest can be written in. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsyncCallsTest {

    @ParameterizedTest
    @ValueSource(strings = {"callback", "stackful", "stubborn", "sync-lifted", "sync-lowered"})
    void aGuestWaitsForTheHostsFunction(String name) throws Exception {
        try (Waits waits = new Waits()) {
            waits.answer(1, 11);
            assertEquals(11, waits.call(name, 1));
            Calling call = waits.startUntilWaiting(name, 2);
            waits.answer(2, 22);
            assertEquals(22, call.get());
            assertEquals(0, waits.instance.handles());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback", "stackful", "stubborn", "sync-lowered"})
    void callsOfSeveralThreadsWaitTogetherAndEndInAnyOrder(String name) throws Exception {
        try (Waits waits = new Waits()) {
            List<Calling> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(waits.startUntilWaiting(name, i));
            }
            for (int i = 7; i >= 0; i--) {
                waits.answer(i, i + 100);
                assertEquals(i + 100, calls.get(i).get());
            }
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void callsOfAFunctionThatIsLiftedSynchronouslyRunOneAfterTheOther() throws Exception {
        try (Waits waits = new Waits()) {
            Calling first = waits.startUntilWaiting("sync-lifted", 1);
            Calling second = waits.start("sync-lifted", 2);
            Calling plain = waits.start("add", 3, 4);
            assertEquals(7, plain.get());
            waits.answer(2, 22);
            assertEquals(0, waits.begun.availablePermits());
            waits.answer(1, 11);
            assertEquals(11, first.get());
            assertEquals(22, second.get());
        }
    }

    @Test
    void manyThreadsCallAtOnce() throws Exception {
        try (Waits waits = new Waits()) {
            for (int i = 0; i < 100; i++) {
                waits.answer(i, i);
            }
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            CyclicBarrier barrier = new CyclicBarrier(6);
            String[] names = {"callback", "stackful", "sync-lifted", "stubborn", "sync-lowered", "callback"};
            for (String name : names) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        barrier.await();
                        for (int i = 0; i < 100; i++) {
                            assertEquals(i, waits.call(name, i));
                            assertEquals(i + 1, waits.call("add", i, 1));
                        }
                    } catch (Throwable e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), failures);
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void aTaskGoesOnAfterItHasReturnedWhileOthersAreWaitedFor() throws Exception {
        try (Waits waits = new Waits()) {
            assertEquals(1, waits.call("afterwards", 1));
            assertEquals(1, waits.instance.handles());
            Calling other = waits.startUntilWaiting("callback", 2);
            waits.begun.acquire();
            waits.answer(1, 11);
            waits.answer(2, 22);
            assertEquals(22, other.get());
            waits.call("yields", 5);
            assertEquals(List.of(11), waits.notes);
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void anExceptionOfTheHostsFunctionReachesTheCaller() throws Exception {
        try (Waits waits = new Waits()) {
            waits.answerOf(1).completeExceptionally(new IllegalStateException("no answer"));
            assertEquals(
                    "no answer",
                    assertThrows(IllegalStateException.class, () -> waits.call("callback", 1)).getMessage());
            assertTrue(assertThrows(Trap.class, () -> waits.call("add", 1, 2)).getMessage().contains("no answer"));
        }
    }

    @Test
    void aTrapInOneTaskEndsTheOthers() throws Exception {
        try (Waits waits = new Waits()) {
            Calling waiting = waits.startUntilWaiting("callback", 1);
            Calling trapping = waits.startUntilWaiting("wait-then-trap", 2);
            waits.answer(2, 0);
            Throwable one = trapping.failure();
            Throwable other = waiting.failure();
            assertInstanceOf(Trap.class, one);
            assertInstanceOf(Trap.class, other);
            assertTrue(one.getMessage().contains("unreachable") && other.getMessage().contains("unreachable"));
            assertThrows(Trap.class, () -> waits.call("add", 1, 2));
        }
    }

    @Test
    void aTaskThatNothingCanWakeIsADeadlock() {
        try (Waits waits = new Waits()) {
            Trap trap = assertThrows(Trap.class, () -> waits.call("never"));
            assertTrue(trap.getMessage().startsWith("deadlock"), trap.getMessage());
        }
    }

    @Test
    void aFunctionOfTheHostThatRunsKeepsADeadlockFromBeingOne() throws Exception {
        try (Waits waits = new Waits()) {
            Calling waiting = waits.startUntilWaiting("callback", 1);
            Calling never = waits.start("never");
            // it gets its turn only while "never" waits
            assertEquals(3, waits.call("add", 1, 2));
            waits.answer(1, 11);
            assertEquals(11, waiting.get());
            assertTrue(never.failure().getMessage().startsWith("deadlock"));
        }
    }

    @Test
    void aCallThatWaitsForItsTurnKeepsADeadlockFromBeingOne() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (Waits waits = new Waits(Limiter.UNLIMITED, 100, _ -> await(blocked, free))) {
            waits.answer(1, 11);
            waits.call("press");
            Calling first = waits.start("add", 1, 2);
            blocked.await();
            Calling held = waits.start("callback", 1);
            awaitWaiting(held);
            Calling releasing = waits.start("unpress");
            awaitWaiting(releasing);
            free.countDown();
            assertEquals(3, first.get());
            assertEquals(11, held.get());
        }
    }

    private static Object await(CountDownLatch begun, CountDownLatch free) {
        begun.countDown();
        try {
            free.await();
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(Calling call) {
        while (call.thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    /** Until the instance has so many handles and tasks. */
    private static void awaitHandles(Waits waits, int count) {
        while (waits.instance.handles() < count) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback", "stackful"})
    void interruptingTheCallerCancelsTheTaskAndTheHostsFunction(String name) throws Exception {
        try (Waits waits = new Waits()) {
            Calling call = waits.startUntilWaiting(name, 1);
            call.thread.interrupt();
            assertInstanceOf(CancellationException.class, call.failure());
            assertEquals(List.of(1), waits.interrupted);
            waits.answer(2, 22);
            assertEquals(22, waits.call(name, 2));
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void aTaskThatDoesNotListenEndsInItsOwnTime() throws Exception {
        try (Waits waits = new Waits()) {
            Calling call = waits.startUntilWaiting("stubborn", 1);
            call.thread.interrupt();
            waits.answer(2, 22);
            assertEquals(22, waits.call("callback", 2));
            waits.answer(1, 11);
            assertEquals(11, call.get());
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void anInterruptedThreadCancelsWhatItCalls() throws Exception {
        try (Waits waits = new Waits()) {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> waits.call("callback", 1));
            assertTrue(Thread.interrupted());
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> waits.call("spin"));
            assertTrue(Thread.interrupted());
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void aTaskThatBackpressureHoldsBackIsCancelledBeforeItStarts() throws Exception {
        try (Waits waits = new Waits()) {
            // as long as the host has something to do, it may come to call "unpress"
            Calling running = waits.startUntilWaiting("callback", 8);
            waits.call("press");
            waits.answer(9, 99);
            Calling held = waits.start("callback", 1);
            awaitHandles(waits, 4);
            held.thread.interrupt();
            assertInstanceOf(CancellationException.class, held.failure());
            assertEquals(0, waits.begun.availablePermits());
            waits.call("unpress");
            waits.answer(8, 88);
            assertEquals(88, running.get());
            assertEquals(99, waits.call("callback", 9));
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void backpressureHoldsTasksBackUntilItEnds() throws Exception {
        try (Waits waits = new Waits()) {
            Calling running = waits.startUntilWaiting("callback", 1);
            waits.call("press");
            Calling held = waits.start("callback", 2);
            awaitHandles(waits, 4);
            assertEquals(0, waits.begun.availablePermits());
            waits.call("unpress");
            waits.begun.acquire();
            waits.answer(2, 22);
            assertEquals(22, held.get());
            waits.answer(1, 11);
            assertEquals(11, running.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback", "stackful", "stubborn", "sync-lifted", "sync-lowered", "spin-on"})
    void interruptEndsWhatWaitsAndWhatRuns(String name) throws Exception {
        try (Waits waits = new Waits()) {
            Calling call = name.equals("spin-on") ? waits.start(name) : waits.startUntilWaiting(name, 1);
            waits.instance.interrupt("enough");
            assertEquals("interrupted: enough", call.failure().getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback", "stackful", "stubborn", "sync-lifted", "sync-lowered"})
    void closingFromAnotherThreadEndsCallsAndTheHostsFunctions(String name) throws Exception {
        try (Waits waits = new Waits()) {
            Calling call = waits.startUntilWaiting(name, 1);
            waits.instance.close();
            assertInstanceOf(Trap.class, call.failure());
            while (waits.interrupted.isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(List.of(1), waits.interrupted);
        }
    }

    @Test
    void interruptReachesAFunctionOfTheHostThatATaskCallsAndThatBlocks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        try (Waits waits = new Waits(Limiter.UNLIMITED, 100, _ -> sleep(blocked))) {
            waits.answer(1, 1);
            waits.call("afterwards", 1);
            Calling call = waits.start("yields", 1000);
            blocked.await();
            waits.instance.interrupt("enough");
            assertEquals("interrupted: enough", call.failure().getMessage());
        }
    }

    private static Object sleep(CountDownLatch begun) {
        begun.countDown();
        try {
            Thread.sleep(Duration.ofDays(1));
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the host's function was interrupted");
        }
    }

    @Test
    void aFunctionOfTheHostCannotCallTheInstanceThatWaitsForIt() throws ExecutionException {
        Waits[] self = new Waits[1];
        try (Waits waits = new Waits(Limiter.UNLIMITED, 100, _ -> self[0].call("never"))) {
            self[0] = waits;
            assertTrue(assertThrows(Trap.class, () -> waits.call("add", 1, 2))
                    .getMessage()
                    .startsWith("cannot enter component instance"));
        }
    }
}
