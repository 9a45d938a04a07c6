package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ErrorContext;
import dev.virga.component.StreamReader;
import dev.virga.component.concurrency.Waits.Calling;
import dev.virga.engine.Trap;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams, futures and error contexts that a guest gives the host. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuestStreamsTest {

    /** Has the guest's tasks go on, while one of them waits for the host. */
    private static void goOn(Waits waits) {
        waits.function("sum").call(waits.instance, InputStream.nullInputStream(), 1);
    }

    @Test
    void theHostReadsAGuestsBytes() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream digits = (InputStream) waits.call("digits", 20, 7);
            assertEquals("01234560123456012345", new String(digits.readAllBytes()));
            assertEquals(-1, digits.read());
            digits.close();
            goOn(waits);
            assertTrue(waits.notes.contains(999));
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void theHostReadsLessThanTheGuestWrites() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream digits = (InputStream) waits.call("digits", 16, 16);
            assertEquals('0', digits.read());
            byte[] some = new byte[5];
            assertEquals(5, digits.read(some));
            assertEquals("12345", new String(some));
            assertEquals("6789abcdef", new String(digits.readAllBytes()));
        }
    }

    @Test
    void theGuestIsToldThatTheHostClosedItsEnd() throws Exception {
        try (Waits waits = Waits.pipes()) {
            try (InputStream digits = (InputStream) waits.call("digits", 1000, 8)) {
                assertEquals('0', digits.read());
            }
            goOn(waits);
            // one was read, then DROPPED
            assertEquals(List.of(0x11, 999, 0), waits.notes);
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void emptyWritesAreNoEndAndGoOnOnlyUntilInterrupted() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream nothings = (InputStream) waits.call("nothings");
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            CountDownLatch begun = new CountDownLatch(1);
            Thread reader = Thread.ofPlatform().start(() -> {
                begun.countDown();
                failure.complete(assertThrows(Throwable.class, nothings::read));
            });
            begun.await();
            waits.instance.interrupt("enough");
            assertInstanceOf(Trap.class, failure.get());
            reader.join();
        }
    }

    @Test
    void theHostReadsAGuestsTexts() {
        try (Waits waits = Waits.pipes()) {
            @SuppressWarnings("unchecked")
            StreamReader<String> words = (StreamReader<String>) waits.call("words", 3);
            List<String> all = new ArrayList<>(words.read(1));
            for (List<String> read = words.read(10); !read.isEmpty(); read = words.read(10)) {
                all.addAll(read);
            }
            assertEquals(List.of("012", "45", "012", "45", "012", "45"), all);
            assertThrows(IllegalArgumentException.class, () -> words.read(0));
            words.close();
        }
    }

    @Test
    void aTrapOfTheGuestReachesTheReader() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream broken = (InputStream) waits.call("broken");
            waits.answer(1, 0);
            assertTrue(assertThrows(Trap.class, broken::read).getMessage().contains("unreachable"));
            assertThrows(Trap.class, broken::read);
            broken.close();
        }
    }

    @Test
    void interruptingTheReaderEndsTheReadAndLosesNothing() throws Exception {
        try (Waits waits = Waits.pipes()) {
            waits.answer(1, 0);
            InputStream held = (InputStream) waits.call("broken");
            InputStream digits = (InputStream) waits.call("digits", 3, 3);
            Thread.currentThread().interrupt();
            assertEquals("012", new String(digits.readNBytes(3)));
            assertTrue(Thread.interrupted());
            held.close();
        }
    }

    @Test
    void anInterruptedReadOfAnIdleStreamIsAnException() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream idle = (InputStream) waits.call("broken");
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, idle::read);
            assertTrue(Thread.interrupted());
            waits.call("ignore", InputStream.nullInputStream());
        }
    }

    @Test
    void aGuestKeepsItsPromise() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Future<?> promise = (Future<?>) waits.call("promise", 1);
            assertFalse(promise.isDone());
            assertThrows(TimeoutException.class, () -> promise.get(20, TimeUnit.MILLISECONDS));
            waits.answer(1, 11);
            assertEquals(11, promise.get(1, TimeUnit.HOURS));
            assertEquals(11, promise.get());
            assertTrue(promise.isDone() && !promise.isCancelled());
            assertFalse(promise.cancel(true));
            goOn(waits);
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void allThreadsThatWaitForAFutureGetItsValue() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Future<?> promise = (Future<?>) waits.call("promise", 1);
            List<CompletableFuture<Object>> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Object> value = new CompletableFuture<>();
                values.add(value);
                Thread getter = Thread.ofPlatform().start(() -> {
                    try {
                        value.complete(promise.get());
                    } catch (Throwable e) {
                        value.completeExceptionally(e);
                    }
                });
                while (getter.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            waits.answer(1, 11);
            for (CompletableFuture<Object> value : values) {
                assertEquals(11, value.get());
            }
        }
    }

    @Test
    void theGuestIsToldThatItsFutureWasCancelled() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Future<?> promise = (Future<?>) waits.call("promise", 1);
            assertTrue(promise.cancel(false));
            assertTrue(promise.isCancelled() && promise.isDone());
            assertThrows(CancellationException.class, promise::get);
            waits.answer(1, 11);
            while (!waits.notes.contains(1)) {
                goOn(waits);
            }
            // DROPPED
            assertTrue(waits.notes.contains(1));
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void cancellingAFutureEndsTheGetOfAnotherThread() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Future<?> promise = (Future<?>) waits.call("promise", 1);
            CompletableFuture<Object> got = new CompletableFuture<>();
            Thread getter = Thread.ofPlatform().start(() -> {
                try {
                    got.complete(promise.get());
                } catch (Throwable e) {
                    got.completeExceptionally(e);
                }
            });
            while (getter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            promise.cancel(true);
            Throwable thrown = assertThrows(Throwable.class, got::get);
            assertInstanceOf(CancellationException.class, thrown instanceof ExecutionException ? thrown.getCause() : thrown);
        }
    }

    @Test
    void closingAStreamEndsTheReadOfAnotherThread() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream idle = (InputStream) waits.call("broken");
            CompletableFuture<Integer> got = new CompletableFuture<>();
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    got.complete(idle.read());
                } catch (Throwable e) {
                    got.completeExceptionally(e);
                }
            });
            while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            idle.close();
            assertEquals(-1, got.get());
        }
    }

    @Test
    void aTaskWaitsForTheHostToReadItsStream() throws Exception {
        try (Waits waits = Waits.pipes()) {
            InputStream digits = (InputStream) waits.call("digits", 5, 1);
            // the writer waits for this thread: a task that waits with it is no deadlock
            CompletableFuture<Integer> future = new CompletableFuture<>();
            Calling waiting = waits.start("await", future);
            assertEquals("00000", new String(digits.readAllBytes()));
            future.complete(1);
            assertEquals(1, waiting.get());
        }
    }

    @Test
    void closingTheInstanceEndsReads() throws Exception {
        InputStream[] idle = new InputStream[1];
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Future<?> promise;
        try (Waits waits = Waits.pipes()) {
            idle[0] = (InputStream) waits.call("broken");
            promise = (Future<?>) waits.call("promise", 2);
            Thread reader = Thread.ofPlatform().start(
                    () -> failure.complete(assertThrows(Throwable.class, idle[0]::read)));
            while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        assertInstanceOf(Trap.class, failure.get());
        assertThrows(Trap.class, idle[0]::read);
        assertThrows(Trap.class, promise::get);
        idle[0].close();
        promise.cancel(true);
    }

    @Test
    void anErrorContextKeepsItsMessageOnItsWay() {
        try (Waits waits = Waits.pipes()) {
            ErrorContext error = (ErrorContext) waits.call("error");
            assertEquals("0123456789", error.debugMessage());
            assertEquals(10, waits.call("error-length", error));
            assertEquals(3, waits.call("error-length", new ErrorContext("abc")));
        }
    }
}
