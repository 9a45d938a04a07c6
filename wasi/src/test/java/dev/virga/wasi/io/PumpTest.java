package dev.virga.wasi.io;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PumpTest {

    @Test
    void readAheadGivesEverythingAndThenTheEnd() {
        byte[] all = new byte[300_000];
        new Random(3).nextBytes(all);
        GuestInput input = new ReadAhead(new ByteArrayInputStream(all)::read, 1000);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < all.length) {
            got.writeBytes(value(input.blockingRead(100_000)));
        }
        assertArrayEquals(all, got.toByteArray());
        assertInstanceOf(StreamError.Closed.class, error(input.blockingRead(1)));
    }

    @Test
    void readAheadStopsAtItsCapacity() {
        AtomicInteger given = new AtomicInteger();
        GuestInput input = new ReadAhead((bytes, offset, length) -> given.addAndGet(1) * 0 + 1, 500);
        for (int i = 0; i < 2000; i++) {
            value(input.blockingRead(1));
        }
        assertTrue(given.get() <= 2000 + 501, "an endless source was read " + given + " times");
    }

    @Test
    void readAheadReadsNothingBeforeItIsAsked() {
        AtomicInteger reads = new AtomicInteger();
        new ReadAhead((bytes, offset, length) -> reads.incrementAndGet(), 500).close();
        assertEquals(0, reads.get());
    }

    @Test
    void readAheadTellsWhyTheSourceFailed() {
        GuestInput io = new ReadAhead((bytes, offset, length) -> {
            throw new IOException("disk on fire");
        }, 10);
        var failed = assertInstanceOf(StreamError.LastOperationFailed.class, error(io.blockingRead(1)));
        assertEquals("disk on fire", failed.error().toDebugString());
        GuestInput unchecked = new ReadAhead((bytes, offset, length) -> {
            throw new IllegalStateException();
        }, 10);
        assertInstanceOf(StreamError.LastOperationFailed.class, error(unchecked.blockingRead(1)));
    }

    @Test
    void writeBehindFlushMeansTheSinkHasEverything() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        AtomicInteger flushes = new AtomicInteger();
        GuestOutput output = new WriteBehind(new WriteBehind.Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                sink.write(bytes, offset, length);
            }

            @Override
            public void flush() {
                flushes.incrementAndGet();
            }
        }, 64);
        byte[] all = new byte[4096];
        new Random(4).nextBytes(all);
        value(output.blockingWriteAndFlush(all));
        assertArrayEquals(all, sink.toByteArray());
        assertTrue(flushes.get() > 0);
        value(output.blockingFlush());
    }

    @Test
    void writeBehindGivesNoPermitWhileAFlushIsUnderWay() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        GuestOutput output = new WriteBehind((bytes, offset, length) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }, 1000);
        value(output.write(new byte[10]));
        value(output.flush());
        assertEquals(0, value(output.checkWrite()));
        release.countDown();
        output.subscribe().block();
        assertEquals(1000, value(output.checkWrite()));
    }

    @Test
    void writeBehindTellsWhyTheSinkFailed() {
        GuestOutput output = new WriteBehind((bytes, offset, length) -> {
            throw new IOException("no space left");
        }, 1000);
        var failed = assertInstanceOf(
                StreamError.LastOperationFailed.class, error(output.blockingWriteAndFlush(new byte[3])));
        assertEquals("no space left", failed.error().toDebugString());
        assertInstanceOf(StreamError.Closed.class, error(output.checkWrite()));
    }

    @Test
    void directOutputWritesAtOnceAndReportsFailure() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        GuestOutput output = new DirectOutput(sink);
        value(output.write(new byte[] {1, 2}));
        assertArrayEquals(new byte[] {1, 2}, sink.toByteArray());
        value(output.writeZeroes(3));
        assertEquals(5, sink.size());
        GuestOutput broken = new DirectOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        });
        assertInstanceOf(StreamError.LastOperationFailed.class, error(broken.write(new byte[1])));
        assertInstanceOf(StreamError.Closed.class, error(broken.write(new byte[1])));
    }

    @Test
    void memoryInputCanBeSkippedAndShared() {
        GuestInput input = new MemoryInput(new byte[] {1, 2, 3, 4});
        assertEquals(2, value(input.skip(2)));
        GuestInput shared = input.share();
        shared.close();
        assertArrayEquals(new byte[] {3, 4}, value(input.blockingRead(-1)));
        assertInstanceOf(StreamError.Closed.class, error(input.blockingSkip(1)));
    }
}
