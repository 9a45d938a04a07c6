package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.Guests;
import dev.virga.component.StreamReader;
import dev.virga.component.concurrency.Waits.Calling;
import dev.virga.engine.Trap;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks that runtimes of components are known to have suffered, by class. Those that need no
 * concurrency are where what they attack is tested:
 *
 * <table>
 *   <caption>Classes and their tests</caption>
 *   <tr><td>1</td><td>string transcoding out of bounds, misaligned pointers: StringTest, RoundTripTest</td></tr>
 *   <tr><td>2</td><td>lifting malformed values: MalformedValuesTest</td></tr>
 *   <tr><td>3</td><td>callbacks of another type, stack overflow by callbacks: {@link Callbacks}</td></tr>
 *   <tr><td>4</td><td>values of another type on the host's streams and futures: {@link Payloads}</td></tr>
 *   <tr><td>5</td><td>cancelling what is not under way, or the wrong end: {@link Cancelling}</td></tr>
 *   <tr><td>6</td><td>dropping a call in flight: {@link InFlight}, AsyncCallsTest (closing, interrupting)</td></tr>
 *   <tr><td>7</td><td>handle exhaustion across components: HandleLimitTest, CrowdTest</td></tr>
 *   <tr><td>8</td><td>forged, wrong and dropped handles: HandleTableTest, HostResourceTest, GuestResourceTest,
 *       {@link Handles} for those of streams, futures, tasks and sets</td></tr>
 *   <tr><td>10</td><td>buffers that a guest chooses: {@link Buffers}, GuestStreamsTest (endless empty writes)</td></tr>
 *   <tr><td>28</td><td>hostile binaries: DecoderTest, HostileTypesTest, MutationTest, MutatedGuestsTest</td></tr>
 * </table>
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttackClassesTest {

    /** Makes the attack, which must trap by itself and not for what follows. */
    private static void traps(String attack) {
        try (Waits waits = Waits.attacks()) {
            Trap trap = assertThrows(Trap.class, () -> waits.call(attack));
            assertFalse(trap.getMessage().contains("ended without"), trap.getMessage());
            assertEquals(Trap.Kind.CANONICAL_ABI, trap.kind(), trap.getMessage());
            assertThrows(Trap.class, () -> waits.call("wakes", 1));
        }
    }

    @Nested
    @DisplayName("3: asynchronous callbacks")
    class Callbacks {

        @Test
        void aCallbackOfAnotherTypeIsRefused() {
            assertThrows(ComponentException.Invalid.class, () -> Guests.load("callback-type"));
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4, 15, 0x13, -1, 0x7ffffff2, 0x10000002})
        void anAnswerThatMeansNothingTraps(int code) {
            try (Waits waits = new Waits()) {
                Trap trap = assertThrows(Trap.class, () -> waits.call("code", code));
                assertEquals(Trap.Kind.CANONICAL_ABI, trap.kind(), trap.getMessage());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"wait-for-no-set", "wait-for-a-stream", "return-twice", "cancel-without-being-cancelled"})
        void aCallbackCannotLie(String attack) {
            traps(attack);
        }

        @Test
        void aTaskThatEndsWithoutAResultTraps() {
            try (Waits waits = Waits.attacks()) {
                assertEquals(
                        "the task ended without `task.return` or `task.cancel`",
                        assertThrows(Trap.class, () -> waits.call("return-nothing")).getMessage());
            }
        }

        @Test
        void callbacksWithoutEndTakeNoStack() {
            try (Waits waits = new Waits();
                    Waits waking = Waits.attacks()) {
                assertEquals(0, waits.call("yields", 100_000));
                assertInstanceOf(InputStream.class, waking.call("wakes", 30_000));
            }
        }

        @Test
        void aTaskThatGoesOnAfterItWasCancelledTakesNoStack() throws Exception {
            try (Waits waits = new Waits()) {
                Calling call = waits.start("spin-on");
                call.thread.interrupt();
                for (int i = 0; i < 1000; i++) {
                    waits.call("yields", 10);
                }
                waits.instance.interrupt("enough");
                assertEquals("interrupted: enough", call.failure().getMessage());
            }
        }
    }

    @Nested
    @DisplayName("4: wrong payload on a stream that the host made")
    class Payloads {

        @Test
        void aStreamThatGivesOtherValuesFails() {
            for (Object wrong : new Object[] {5, new byte[2], List.of("a"), 'c'}) {
                try (Waits waits = Waits.pipes()) {
                    Source source = new Source().feed("fine", wrong).end();
                    RuntimeException e =
                            assertThrows(IllegalArgumentException.class, () -> waits.call("lengths", source.values()));
                    assertTrue(e.getMessage().contains("string"), e.getMessage());
                    assertThrows(Trap.class, () -> waits.call("ignore", InputStream.nullInputStream()));
                }
            }
        }

        @Test
        void aStreamThatGivesMoreThanItWasAskedForLosesNothing() {
            try (Waits waits = Waits.pipes()) {
                Source source = new Source().feed("a", "b", "c", "d", "e", "f", "g").end();
                assertEquals(7, waits.call("lengths", source.values()));
                assertEquals(List.of(3, 3, 1, 0), waits.notes);
            }
        }

        @Test
        void aStreamThatGivesNullFails() {
            try (Waits waits = Waits.pipes()) {
                StreamReader<Object> nothing = new StreamReader<>() {
                    @Override
                    public List<Object> read(int max) {
                        return null;
                    }

                    @Override
                    public void close() {}
                };
                assertThrows(RuntimeException.class, () -> waits.call("lengths", nothing));
            }
        }

        @Test
        void aFutureWithAnotherValueFails() {
            for (Object wrong : new Object[] {"5", 5L, List.of(5)}) {
                try (Waits waits = Waits.pipes()) {
                    CompletableFuture<Object> future = CompletableFuture.completedFuture(wrong);
                    RuntimeException e =
                            assertThrows(IllegalArgumentException.class, () -> waits.call("await", future));
                    assertTrue(e.getMessage().contains("u32"), e.getMessage());
                }
            }
        }
    }

    @Nested
    @DisplayName("5: cancelling a stream or future on the wrong end")
    class Cancelling {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "cancel-read-of-writer", "cancel-write-of-reader", "cancel-idle-read", "cancel-idle-write",
                    "cancel-read-of-future-as-stream", "cancel-read-of-stream-as-future", "cancel-idle-future",
                    "cancel-read-of-another-type", "cancel-a-read-twice", "cancel-of-a-set",
                    "cancel-subtask-of-stream", "cancel-subtask-twice"
                })
        void onlyWhatIsUnderWayIsCancelled(String attack) {
            traps(attack);
        }
    }

    @Nested
    @DisplayName("6: dropping a call in flight")
    class InFlight {

        @ParameterizedTest
        @ValueSource(strings = {"drop-a-subtask-under-way", "drop-a-subtask-twice"})
        void aCallIsDroppedOnceAndOnlyWhenItIsOver(String attack) {
            traps(attack);
        }

        @ParameterizedTest
        @ValueSource(strings = {"callback", "stackful", "sync-lowered"})
        void aResultThatComesAfterTheInstanceWasClosedGoesNowhere(String name) throws Exception {
            Waits waits = new Waits();
            Calling call = waits.startUntilWaiting(name, 1);
            waits.close();
            waits.answer(1, 1);
            assertInstanceOf(Trap.class, call.failure());
            waits.close();
        }
    }

    @Nested
    @DisplayName("8: handles of streams, futures, tasks and sets")
    class Handles {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "read-by-writer", "write-by-reader", "read-another-type", "read-future-as-stream",
                    "read-twice-at-once", "drop-a-reader-that-reads", "drop-a-future-unwritten", "drop-twice",
                    "drop-writer-as-reader", "read-after-drop", "read-a-forged-handle", "give-away-a-writer",
                    "give-away-a-reader-that-reads", "drop-a-set-with-waitables", "join-a-set-to-a-set",
                    "join-to-a-stream", "wait-with-a-stream", "error-of-a-stream"
                })
        void aHandleIsForWhatItIs(String attack) {
            traps(attack);
        }
    }

    @Nested
    @DisplayName("10: buffers that the guest chooses")
    class Buffers {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "buffer-too-long", "buffer-of-all-bits", "buffer-out-of-bounds", "buffer-that-wraps",
                    "buffer-unaligned", "future-out-of-bounds", "poll-out-of-bounds", "poll-unaligned",
                    "error-message-out-of-bounds"
                })
        void aBufferIsWithinMemory(String attack) {
            traps(attack);
        }
    }
}
