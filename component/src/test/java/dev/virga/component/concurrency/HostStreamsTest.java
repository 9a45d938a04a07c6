package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.StreamReader;
import dev.virga.component.concurrency.Waits.Calling;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams and futures that the host gives a guest. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostStreamsTest {

    @Test
    void aGuestReadsAnInputStreamToItsEnd() {
        try (Waits waits = Waits.pipes()) {
            assertEquals(10, waits.call("sum", new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), 8));
            assertEquals(List.of(4, 0), waits.notes);
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void bytesThatAreThereAreReadInTheGuestsTurn() {
        List<Thread> readers = new ArrayList<>();
        InputStream bytes = new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5}) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                readers.add(Thread.currentThread());
                return super.read(into, offset, length);
            }
        };
        try (Waits waits = Waits.pipes()) {
            assertEquals(15, waits.call("sum", bytes, 3));
            assertEquals(List.of(3, 2, 0), waits.notes);
            assertEquals(
                    List.of("virga-task", "virga-task", "virga-host-call"),
                    readers.stream().map(Thread::getName).toList());
        }
    }

    @Test
    void aStreamThatFailsInTheGuestsTurnFailsTheCall() {
        try (Waits waits = Waits.pipes()) {
            InputStream broken = new InputStream() {
                @Override
                public int available() {
                    return 1;
                }

                @Override
                public int read() throws IOException {
                    throw new IOException("the disk is gone");
                }
            };
            assertEquals(
                    "the disk is gone",
                    assertThrows(IOException.class, () -> waits.call("sum", broken, 8)).getMessage());
        }
    }

    @Test
    void aGuestReadsLessAtATimeThanTheStreamGives() {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source().feed(1, 2).feed(3, 4, 5).end();
            assertEquals(15, waits.call("sum", source.bytes(), 3));
            assertEquals(List.of(2, 3, 0), waits.notes);
            assertEquals(1, source.closings.get());
        }
    }

    @Test
    void aReadOfNothingWaitsUntilThereIsSomething() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source();
            Calling call = waits.start("probe", source.bytes());
            source.reading.await();
            source.feed(7);
            // of nothing, then of one
            assertEquals(0x10, call.get());
            source.closed.await();
        }
    }

    @Test
    void aReadOfNothingAtTheEndSaysSo() {
        try (Waits waits = Waits.pipes()) {
            assertThrows(Trap.class, () -> waits.call("probe", InputStream.nullInputStream()));
        }
    }

    @Test
    void aCancelledReadLosesNothing() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source();
            Calling call = waits.startUntilWaiting("again", source.bytes());
            source.reading.await();
            waits.answer(1, 0);
            waits.begun.acquire();
            source.feed(1, 2, 3);
            waits.answer(2, 0);
            assertEquals(0x30, call.get());
            source.closed.await();
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void aCancelledReadOfADroppedStreamStopsTheHostsRead() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source();
            Calling call = waits.startUntilWaiting("cancel", source.bytes());
            source.reading.await();
            waits.answer(1, 0);
            waits.answer(2, 0);
            // CANCELLED
            assertEquals(2, call.get());
            source.interrupted.await();
            source.closed.await();
            assertEquals(1, source.closings.get());
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void aDroppedStreamIsClosed() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source();
            waits.call("ignore", source.bytes());
            assertEquals(1, source.closings.get());
        }
    }

    @Test
    void closingTheInstanceClosesItsStreams() throws Exception {
        Source idle = new Source();
        Source read = new Source();
        Source inTask = new Source();
        try (Waits waits = Waits.pipes()) {
            waits.call("keep", idle.bytes());
            waits.call("leave", read.bytes());
            waits.start("sum", inTask.bytes(), 8);
            read.reading.await();
            inTask.reading.await();
        }
        idle.closed.await();
        read.closed.await();
        inTask.closed.await();
        assertEquals(List.of(1, 1, 1), List.of(idle.closings.get(), read.closings.get(), inTask.closings.get()));
    }

    @Test
    void aTrapLeavesStreamsToBeClosedWithTheInstance() throws Exception {
        Source source = new Source();
        try (Waits waits = Waits.pipes()) {
            waits.call("leave", source.bytes());
            source.reading.await();
            assertThrows(Trap.class, () -> waits.call("probe", InputStream.nullInputStream()));
        }
        source.closed.await();
    }

    @Test
    void aStreamThatFailsFailsTheCall() {
        try (Waits waits = Waits.pipes()) {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("the disk is gone");
                }
            };
            assertEquals(
                    "the disk is gone",
                    assertThrows(IOException.class, () -> waits.call("sum", broken, 8)).getMessage());
            assertTrue(assertThrows(Trap.class, () -> waits.call("ignore", broken)).getMessage().contains("the disk"));
        }
    }

    @Test
    void aGuestGivesAStreamBackUnread() throws Exception {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source().feed(1, 2, 3).end();
            try (InputStream back = (InputStream) waits.call("echo", source.bytes())) {
                assertEquals(List.of(1, 2, 3), bytes(back));
            }
            assertEquals(0, waits.instance.handles());
            // and into the guest once more
            InputStream back = (InputStream) waits.call("echo", new ByteArrayInputStream(new byte[] {5, 6}));
            assertEquals(11, waits.call("sum", back, 1));
        }
    }

    private static List<Integer> bytes(InputStream in) throws IOException {
        List<Integer> all = new ArrayList<>();
        for (byte b : in.readAllBytes()) {
            all.add((int) b);
        }
        return all;
    }

    @Test
    void aGuestReadsTextsOfTheHost() {
        try (Waits waits = Waits.pipes()) {
            Source source = new Source().feed("a", "bc", "def", "ghij").end();
            assertEquals(10, waits.call("lengths", source.values()));
            assertEquals(List.of(3, 1, 0), waits.notes);
            assertEquals(1, source.closings.get());
        }
    }

    @Test
    void aStreamOfNothingHasACount() {
        try (Waits waits = Waits.pipes()) {
            StreamReader<Object> seven = new StreamReader<>() {
                int left = 7;

                @Override
                public List<Object> read(int max) {
                    int count = Math.min(left, max);
                    left -= count;
                    return Collections.nCopies(count, null);
                }

                @Override
                public void close() {}
            };
            assertEquals(7, waits.call("count", seven));
        }
    }

    @Test
    void aGuestAwaitsAFutureOfTheHost() throws Exception {
        try (Waits waits = Waits.pipes()) {
            assertEquals(5, waits.call("await", CompletableFuture.completedFuture(5)));
            CompletableFuture<String> later = new CompletableFuture<>();
            Calling call = waits.start("await-text", later);
            later.complete("four");
            assertEquals(4, call.get());
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void aFutureThatFailsFailsTheCall() {
        try (Waits waits = Waits.pipes()) {
            CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new IllegalStateException("no luck"));
            assertEquals(
                    "no luck",
                    assertThrows(IllegalStateException.class, () -> waits.call("await", failed)).getMessage());
        }
    }

    @Test
    void aFutureThatAGuestDropsIsCancelled() throws Exception {
        try (Waits waits = Waits.pipes()) {
            CompletableFuture<Integer> future = new CompletableFuture<>();
            Calling call = waits.startUntilWaiting("cancel-future", future);
            waits.answer(1, 0);
            assertEquals(2, call.get());
            assertTrue(future.isCancelled());
            // a message of the future's end may come later
            assertEquals(1, waits.call("await", CompletableFuture.completedFuture(1)));
        }
    }

    @Test
    void aTaskThatAwaitsAFutureIsNoDeadlock() throws Exception {
        try (Waits waits = Waits.pipes()) {
            CompletableFuture<Integer> future = new CompletableFuture<>();
            Calling call = waits.start("await", future);
            while (call.thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            waits.call("ignore", InputStream.nullInputStream());
            future.complete(3);
            assertEquals(3, call.get());
        }
    }

    @Test
    void interruptEndsATaskThatReads() throws Exception {
        Source source = new Source();
        try (Waits waits = Waits.pipes()) {
            Calling call = waits.start("sum", source.bytes(), 8);
            source.reading.await();
            waits.instance.interrupt("enough");
            assertEquals("interrupted: enough", call.failure().getMessage());
        }
        source.closed.await();
    }

    @Test
    void whatIsNoStreamIsRefusedBeforeTheGuestSeesIt() {
        try (Waits waits = Waits.pipes()) {
            for (Object wrong : new Object[] {new byte[3], List.of(1), "text", new Source().values()}) {
                assertThrows(ClassCastException.class, () -> waits.call("ignore", wrong));
            }
            waits.call("ignore", InputStream.nullInputStream());
        }
    }
}
