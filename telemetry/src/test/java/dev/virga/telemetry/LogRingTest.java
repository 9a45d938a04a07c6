package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.LogLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogRingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static LogLine line(String message) {
        return new LogLine(Instant.EPOCH, LogLevel.INFO, Optional.of(Setup.SHOP), Setup.STDOUT, message);
    }

    private static LogRing ring(int lines, int bytes) {
        return new LogRing(new LogLimits(1000, 16, lines, bytes));
    }

    private static List<String> messages(LogBatch batch) {
        return batch.lines().stream().map(LogLine::message).toList();
    }

    @Test
    void theLastLinesAreKeptByNumber() throws InterruptedException {
        LogRing ring = ring(3, 1 << 20);
        for (int i = 0; i < 5; i++) {
            ring.add(line("" + i));
        }
        LogBatch batch = ring.read(0, Duration.ZERO);
        assertEquals(List.of("2", "3", "4"), messages(batch));
        assertEquals(2, batch.missed());
        assertEquals(5, batch.next());
        assertFalse(batch.ended());
    }

    @Test
    void theLastLinesAreKeptByBytes() throws InterruptedException {
        LogRing ring = ring(1000, 1000);
        for (int i = 0; i < 100; i++) {
            ring.add(line("x".repeat(200)));
        }
        assertEquals(3, ring.read(0, Duration.ZERO).lines().size());
        ring.add(line("x".repeat(5000)));
        assertEquals(1, ring.read(0, Duration.ZERO).lines().size());
    }

    @Test
    void aTailBeginsSoManyLinesBeforeTheEnd() throws InterruptedException {
        LogRing ring = ring(3, 1 << 20);
        for (int i = 0; i < 5; i++) {
            ring.add(line("" + i));
        }
        assertEquals(List.of("4"), messages(ring.read(ring.tail(1), Duration.ZERO)));
        assertEquals(List.of("2", "3", "4"), messages(ring.read(ring.tail(100), Duration.ZERO)));
        assertEquals(List.of(), messages(ring.read(ring.tail(0), Duration.ZERO)));
        assertEquals(List.of(), messages(ring.read(ring.tail(-1), Duration.ZERO)));
    }

    @Test
    void aFollowerWaitsForTheNextLineAndForTheEnd() throws Exception {
        LogRing ring = ring(10, 1 << 20);
        CompletableFuture<List<String>> followed = new CompletableFuture<>();
        Thread follower = Thread.ofVirtual().start(() -> {
            List<String> all = new ArrayList<>();
            try {
                LogBatch batch = ring.read(0, LONG);
                all.addAll(messages(batch));
                while (!batch.ended()) {
                    batch = ring.read(batch.next(), LONG);
                    all.addAll(messages(batch));
                }
                followed.complete(all);
            } catch (InterruptedException e) {
                followed.completeExceptionally(e);
            }
        });
        ring.add(line("one"));
        ring.add(line("two"));
        ring.close();
        assertEquals(List.of("one", "two"), followed.get(20, TimeUnit.SECONDS));
        follower.join();
    }

    @Test
    void aReadReturnsEmptyWhenItsTimeIsUp() throws InterruptedException {
        LogBatch batch = ring(10, 1 << 20).read(0, Duration.ofMillis(1));
        assertTrue(batch.lines().isEmpty());
        assertEquals(0, batch.next());
    }

    @Test
    void cursorsFromNowhereAreBroughtIntoRange() throws InterruptedException {
        LogRing ring = ring(10, 1 << 20);
        ring.add(line("one"));
        assertEquals(List.of("one"), messages(ring.read(Long.MIN_VALUE, Duration.ZERO)));
        assertEquals(1, ring.read(Long.MAX_VALUE, Duration.ZERO).next());
    }

    @Test
    void everyFollowerSeesEachLineOnceOrIsToldThatItMissedIt() throws Exception {
        LogRing ring = ring(50, 1 << 20);
        List<CompletableFuture<Long>> followers = new ArrayList<>();
        for (int f = 0; f < 4; f++) {
            CompletableFuture<Long> seen = new CompletableFuture<>();
            followers.add(seen);
            Thread.ofVirtual().start(() -> {
                try {
                    long cursor = 0;
                    long count = 0;
                    boolean ended = false;
                    while (!ended) {
                        LogBatch batch = ring.read(cursor, LONG);
                        count += batch.lines().size() + batch.missed();
                        long number = batch.next() - batch.lines().size();
                        for (LogLine line : batch.lines()) {
                            assertEquals(Long.toString(number++), line.message());
                        }
                        cursor = batch.next();
                        ended = batch.ended();
                    }
                    seen.complete(count);
                } catch (InterruptedException | AssertionError e) {
                    seen.completeExceptionally(e);
                }
            });
        }
        for (int i = 0; i < 20_000; i++) {
            ring.add(line(Integer.toString(i)));
        }
        ring.close();
        for (CompletableFuture<Long> seen : followers) {
            assertEquals(20_000, seen.get(20, TimeUnit.SECONDS));
        }
    }
}
