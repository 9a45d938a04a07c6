package dev.virga.wasi.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Trap;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollTest {

    private final Poll poll = new Poll();

    @Test
    void emptyAndOversizedListsTrap() {
        assertThrows(Trap.class, () -> poll.poll(List.of()));
        var many = Collections.nCopies(Poll.MAX_POLLABLES + 1, Pollable.always());
        assertThrows(Trap.class, () -> poll.poll(many));
    }

    @Test
    void tellsEveryReadyPositionAndNoOther() {
        Pollable never = new Pollable(new Signal(), () -> false);
        Pollable always = Pollable.always();
        assertEquals(List.of(1, 3), poll.poll(List.of(never, always, never, always)));
        assertFalse(never.ready());
    }

    @Test
    void oneSignalAmongManyEndsTheWait() throws Exception {
        Signal signal = new Signal();
        AtomicBoolean condition = new AtomicBoolean();
        Pollable wanted = new Pollable(signal, condition::get);
        List<Pollable> all = IntStream.range(0, 1000)
                .mapToObj(i -> i == 700 ? wanted : new Pollable(new Signal(), () -> false))
                .toList();
        FutureTask<List<Integer>> waiting = new FutureTask<>(() -> poll.poll(all));
        Thread thread = Thread.ofVirtual().start(waiting);
        awaitParked(thread);
        signal.wake(); // the condition does not hold yet
        condition.set(true);
        signal.wake();
        assertEquals(List.of(700), waiting.get());
    }

    @Test
    void wakesThatRaceWithTheCheckAreNotLost() throws Exception {
        for (int i = 0; i < 2000; i++) {
            Signal signal = new Signal();
            AtomicBoolean condition = new AtomicBoolean();
            FutureTask<List<Integer>> waiting = new FutureTask<>(() -> poll.poll(List.of(new Pollable(signal, () -> {
                LockSupport.parkNanos(1); // swallows a permit, as a contended lock would
                return condition.get();
            }))));
            Thread.ofVirtual().start(waiting);
            condition.set(true);
            signal.wake();
            assertEquals(List.of(0), waiting.get());
        }
    }

    @Test
    void interruptionEndsTheWaitAsATrap() throws Exception {
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            new Pollable(new Signal(), () -> false).block();
            return null;
        });
        Thread thread = Thread.ofVirtual().start(waiting);
        thread.interrupt();
        var failure = assertThrows(ExecutionException.class, waiting::get);
        assertEquals(Trap.Kind.INTERRUPTED, ((Trap) failure.getCause()).kind());
    }

    static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
