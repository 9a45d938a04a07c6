package dev.virga.component;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Tries cases one after the other; the test fails with the first one that hangs or throws. {@code
 * -Dvirga.fuzz.mutations=N} asks for more cases, {@code -Dvirga.fuzz.seed=N} for others.
 */
public final class Fuzz implements AutoCloseable {

    /** Far above what any case needs on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Duration limit;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    public Fuzz() {
        this(LIMIT);
    }

    Fuzz(Duration limit) {
        this.limit = limit;
    }

    /** How many cases to try. */
    public static int cases(int normally) {
        return Integer.getInteger("virga.fuzz.mutations", normally);
    }

    public static long seed(long normally) {
        return Long.getLong("virga.fuzz.seed", normally);
    }

    /** @param name for a person who wants to repeat it */
    public void attempt(String name, byte[] input, Consumer<byte[]> body) {
        try {
            executor.submit(() -> body.accept(input)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            fail(name + ": " + HexFormat.of().formatHex(input), e.getCause());
        } catch (TimeoutException e) {
            fail(name + " does not end: " + HexFormat.of().formatHex(input));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
