package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Things.Thing;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostResourceTest {

    private static final PreparedComponent<Things> PREPARED = Things.prepared();

    private final Things host = new Things();
    private final ComponentInstance instance = PREPARED.instantiate(host, Limiter.UNLIMITED);

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

    @Test
    void aGuestUsesAndDropsTheHostsResources() {
        int index = (int) call("make", 7);
        assertEquals(7, call("number", index));
        assertEquals(1, instance.handles());
        call("drop", index);
        assertEquals(1, host.made.getFirst().closed);
        assertEquals(0, instance.handles());
    }

    @Test
    void whatTheHostTakesBackIsTheSameObjectAndNotClosed() {
        int index = (int) call("make", 7);
        assertSame(host.made.getFirst(), call("give", index));
        assertEquals(0, host.made.getFirst().closed);
        assertEquals(0, instance.handles());
        assertEquals(9, call("swallow", call("take", new Thing(9))));
        assertEquals(0, instance.handles());
    }

    @Test
    void closingTheInstanceClosesWhatTheGuestStillOwns() {
        call("make", 1);
        call("make", 2);
        call("drop", 1);
        instance.close();
        instance.close();
        assertTrue(host.made.stream().allMatch(thing -> thing.closed == 1));
        assertEquals(
                "cannot enter component instance: it was closed", trap("make", 1));
    }

    @Test
    void aBorrowEndsWithItsCall() {
        Thing thing = new Thing(5);
        assertEquals(5, call("look", thing));
        assertEquals(0, instance.handles());
        assertEquals(0, thing.closed);
        assertEquals("borrow handles still remain at the end of the call", trap("hold", thing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "swallow", "drop", "give"})
    void aForgedHandleTraps(String function) {
        call("make", 1);
        assertEquals("unknown handle index 2", trap(function, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "swallow", "drop", "give"})
    void aDroppedHandleTraps(String function) {
        call("drop", call("make", 1));
        assertEquals("unknown handle index 1", trap(function, 1));
        assertEquals(1, host.made.getFirst().closed);
    }

    @Test
    void aTrapEndsTheInstance() {
        int index = (int) call("make", 1);
        trap("number", 99);
        assertEquals(
                "cannot enter component instance: an earlier call failed (unknown handle index 99)",
                trap("number", index));
        instance.close();
        assertEquals(1, host.made.getFirst().closed);
    }

    @Test
    void aResourceThatWasOnItsWayWhenTheCallTrappedIsClosedWithTheInstance() {
        int index = (int) call("make", 1);
        trap("mislabel", index);
        assertEquals(0, instance.handles());
        instance.close();
        assertEquals(1, host.made.getFirst().closed);
    }

    @Test
    void aResourceThatFoundNoRoomInTheTableIsClosedWithTheInstance() {
        PreparedComponent<Things> small = new Linker<Things>(2).define(Things.offered()).prepare(Guests.load("things"));
        try (ComponentInstance full = small.instantiate(host, Limiter.UNLIMITED)) {
            ExportedFunction make = small.function("make").orElseThrow();
            make.call(full, 1);
            make.call(full, 2);
            assertThrows(Trap.class, () -> make.call(full, 3));
        }
        assertEquals(3, host.made.size());
        assertTrue(host.made.stream().allMatch(thing -> thing.closed == 1));
    }

    @Test
    void theHostMustGiveAnObjectOfTheResourcesClass() {
        assertThrows(IllegalArgumentException.class, () -> call("take", "a string"));
    }
}
