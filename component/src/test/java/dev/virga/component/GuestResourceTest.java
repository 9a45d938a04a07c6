package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuestResourceTest {

    private static final PreparedComponent<Void> PREPARED = new Linker<Void>().prepare(Guests.load("counters"));

    private final ComponentInstance instance = PREPARED.instantiate(null, Limiter.UNLIMITED);

    @AfterEach
    void close() {
        instance.close();
    }

    private Object call(String function, Object... arguments) {
        return PREPARED.function(function).orElseThrow().call(instance, arguments);
    }

    private String trap(String function, Object... arguments) {
        return assertThrows(Trap.class, () -> call(function, arguments)).getMessage();
    }

    private GuestResource counter(int value) {
        return (GuestResource) call("[constructor]counter", value);
    }

    @Test
    void theHostLendsAResourceToItsMethods() {
        GuestResource counter = counter(42);
        assertEquals(42, call("[method]counter.value", counter));
        assertEquals(42, call("[method]counter.value", counter));
        assertEquals(0, instance.handles());
    }

    @Test
    void closingRunsTheDestructorOnce() {
        GuestResource counter = counter(42);
        counter.close();
        counter.close();
        assertEquals(42, call("dropped"));
        assertThrows(IllegalStateException.class, () -> call("[method]counter.value", counter));
    }

    @Test
    void whatIsGivenAwayIsNoLongerTheHosts() {
        GuestResource a = counter(40);
        GuestResource b = counter(2);
        GuestResource sum = (GuestResource) call("[method]counter.merge", a, b);
        assertEquals(42, call("[method]counter.value", sum));
        assertEquals(2, call("dropped"));
        b.close();
        assertEquals(2, call("dropped"));
        assertThrows(IllegalStateException.class, () -> call("[method]counter.merge", a, b));
    }

    @Test
    void aResourceIsOfItsInstance() {
        try (ComponentInstance other = PREPARED.instantiate(null, Limiter.UNLIMITED)) {
            GuestResource foreign = (GuestResource)
                    PREPARED.function("[constructor]counter").orElseThrow().call(other, 1);
            assertThrows(IllegalArgumentException.class, () -> call("[method]counter.value", foreign));
        }
    }

    @Test
    void closingAResourceOfAClosedInstanceDoesNothing() {
        GuestResource counter = counter(1);
        instance.close();
        counter.close();
    }

    @Test
    void handlesAreWhatTheGuestOwns() {
        assertEquals(1, call("keep", 7));
        assertEquals(2, call("keep", 8));
        assertEquals(8, call("rep-at", 2));
        call("drop-at", 1);
        assertEquals(7, call("dropped"));
        assertEquals(1, call("keep", 9));
    }

    @Test
    void aHandleOfAnotherTypeTraps() {
        call("keep-other", 7);
        assertEquals(
                "handle index 1 used with the wrong type, expected guest-defined resource"
                        + " but found a different guest-defined resource",
                trap("rep-at", 1));
    }

    @Test
    void aHandleCannotBeDroppedTwice() {
        call("keep", 7);
        call("drop-at", 1);
        assertEquals("unknown handle index 1", trap("drop-at", 1));
    }

    @Test
    void aHandleThatWasGivenAwayIsGone() {
        call("keep", 7);
        ((GuestResource) call("give-at", 1)).close();
        assertEquals(7, call("dropped"));
        assertEquals("unknown handle index 1", trap("give-at", 1));
    }
}
