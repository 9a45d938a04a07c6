package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class FuzzTest {

    @Test
    void aCaseThatHangsFailsWithItsInput() {
        CountDownLatch never = new CountDownLatch(1);
        try (Fuzz fuzz = new Fuzz(Duration.ofMillis(50))) {
            AssertionFailedError failure = assertThrows(AssertionFailedError.class, () ->
                    fuzz.attempt("case 1", new byte[] {1, 2}, _ -> await(never)));
            assertEquals("case 1 does not end: 0102", failure.getMessage());
        }
    }

    @Test
    void aCaseThatThrowsFailsWithItsInputAndTheCause() {
        try (Fuzz fuzz = new Fuzz()) {
            IllegalStateException cause = new IllegalStateException();
            AssertionFailedError failure = assertThrows(AssertionFailedError.class, () ->
                    fuzz.attempt("case 1", new byte[] {1, 2}, _ -> {
                        throw cause;
                    }));
            assertEquals("case 1: 0102", failure.getMessage());
            assertEquals(cause, failure.getCause());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // the test is over
        }
    }
}
