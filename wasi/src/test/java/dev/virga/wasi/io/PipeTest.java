package dev.virga.wasi.io;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Trap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipeTest {

    private final Pipe pipe = new Pipe(100);
    private final GuestInput input = pipe.input();
    private final GuestOutput output = pipe.output();

    @Test
    void emptyPipeGivesNoBytesAndIsNotReady() {
        assertEquals(0, value(input.read(10)).length);
        assertFalse(input.subscribe().ready());
        assertTrue(output.subscribe().ready());
    }

    @Test
    void bytesComeOutAsTheyWentInAndMayBeSplit() {
        value(output.write(new byte[] {1, 2, 3}));
        value(output.write(new byte[] {4}));
        assertTrue(input.subscribe().ready());
        assertArrayEquals(new byte[] {1, 2}, value(input.read(2)));
        assertArrayEquals(new byte[] {3}, value(input.read(-1)));
        assertArrayEquals(new byte[] {4}, value(input.read(99)));
        assertEquals(0, value(input.read(99)).length);
    }

    @Test
    void permitShrinksUntilTheReaderReads() {
        long permit = value(output.checkWrite());
        value(output.write(new byte[(int) permit]));
        assertEquals(0, value(output.checkWrite()));
        assertFalse(output.subscribe().ready());
        value(input.read(1000));
        assertEquals(permit, value(output.checkWrite()));
    }

    @Test
    void writingMoreThanPermittedTraps() {
        assertEquals(Trap.Kind.CANONICAL_ABI, assertThrows(Trap.class, () -> output.write(new byte[101])).kind());
        assertThrows(Trap.class, () -> output.writeZeroes(101));
        assertThrows(Trap.class, () -> output.writeZeroes(-1));
        assertThrows(Trap.class, () -> output.blockingWriteAndFlush(new byte[4097]));
        assertThrows(Trap.class, () -> output.blockingWriteZeroesAndFlush(4097));
        assertThrows(Trap.class, () -> output.blockingWriteZeroesAndFlush(-1));
    }

    @Test
    void manyEmptyOrTinyWritesStayBounded() {
        for (int i = 0; i < 100_000; i++) {
            value(output.write(new byte[0]));
        }
        assertTrue(pipe.isEmpty());
        int written = 0;
        while (value(output.checkWrite()) > 0) {
            value(output.write(new byte[1]));
            written++;
        }
        assertTrue(written < 10, "each chunk is charged more than its byte: " + written);
    }

    @Test
    void readerGetsTheRestAndThenTheEnd() {
        value(output.write(new byte[] {7}));
        pipe.end();
        assertArrayEquals(new byte[] {7}, value(input.blockingRead(5)));
        assertInstanceOf(StreamError.Closed.class, error(input.blockingRead(5)));
        assertInstanceOf(StreamError.Closed.class, error(output.write(new byte[1])));
        assertTrue(input.subscribe().ready());
    }

    @Test
    void failureIsSeenOnceAndThenTheStreamIsClosed() {
        pipe.fail(new IOException("lost"));
        var failed = assertInstanceOf(StreamError.LastOperationFailed.class, error(input.read(1)));
        assertEquals("lost", failed.error().toDebugString());
        assertInstanceOf(StreamError.Closed.class, error(input.read(1)));
    }

    @Test
    void writerSeesWhyTheReaderGaveUp() {
        pipe.abandon(new IOException("reset"));
        assertTrue(output.subscribe().ready());
        var failed = assertInstanceOf(StreamError.LastOperationFailed.class, error(output.checkWrite()));
        assertEquals("reset", failed.error().toDebugString());
        assertInstanceOf(StreamError.Closed.class, error(output.checkWrite()));
    }

    @Test
    void droppingTheInputClosesTheOutput() {
        input.close();
        assertInstanceOf(StreamError.Closed.class, error(output.checkWrite()));
    }

    @Test
    void spliceMovesNoMoreThanBothSidesAllow() {
        Pipe small = new Pipe(10);
        GuestOutput target = small.output();
        value(output.write(new byte[40]));
        assertEquals(10, value(target.splice(input, 1000)));
        assertEquals(0, value(target.splice(input, 1000)));
        value(small.input().read(1000));
        assertEquals(3, value(target.splice(input, 3)));
        assertEquals(27, value(new Pipe(1000).output().blockingSplice(input, 1000)));
    }

    @Test
    void blockingWritesWaitForTheReaderAndLoseNothing() throws Exception {
        byte[] all = new byte[50_000];
        new Random(1).nextBytes(all);
        FutureTask<byte[]> reader = new FutureTask<>(() -> {
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            byte[] buffer = new byte[37];
            for (int n = pipe.read(buffer, 0, 37); n >= 0; n = pipe.read(buffer, 0, 37)) {
                got.write(buffer, 0, n);
            }
            return got.toByteArray();
        });
        Thread.ofVirtual().start(reader);
        for (int i = 0; i < all.length; i += 2000) {
            value(output.blockingWriteAndFlush(Arrays.copyOfRange(all, i, i + 2000)));
        }
        pipe.end();
        assertArrayEquals(all, reader.get());
    }

    @Test
    void blockingReadsWaitForTheWriterAndLoseNothing() throws Exception {
        byte[] all = new byte[50_000];
        new Random(2).nextBytes(all);
        Thread.ofVirtual().start(() -> {
            try {
                pipe.write(all, 0, all.length);
                pipe.end();
            } catch (IOException e) {
                pipe.fail(e);
            }
        });
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < all.length) {
            got.writeBytes(value(input.blockingRead(77)));
        }
        assertArrayEquals(all, got.toByteArray());
        assertInstanceOf(StreamError.Closed.class, error(input.blockingRead(1)));
    }
}
