package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Extern;
import dev.virga.engine.GuestException;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.V128;
import dev.virga.engine.contract.ExceptionContract;
import dev.virga.engine.contract.Guest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExceptionTest extends ExceptionContract implements NativeSource {

    private static final long SECOND = 1_000_000_000;

    /** Counts what a store is charged, and allows so much of it. */
    private static final class Charges implements Limiter {
        private final long mostBytes;
        private final long mostNanos;
        private long bytes;
        private long nanos;

        Charges(long mostBytes, long mostNanos) {
            this.mostBytes = mostBytes;
            this.mostNanos = mostNanos;
        }

        @Override
        public boolean reserve(long more) {
            bytes += more;
            return bytes <= mostBytes;
        }

        @Override
        public void release(long less) {
            bytes -= less;
        }

        @Override
        public boolean consume(long more) {
            nanos += more;
            return nanos <= mostNanos;
        }
    }

    private Guest instantiate(Store in) {
        return Guest.of(engine.compile(Guest.binary(ExceptionTest.class, "unwinding")), in, Map.of());
    }

    @Test
    void passesThroughHostFunctions() {
        GuestException[] seen = new GuestException[1];
        between(guest, host(x -> {
            seen[0] = assertThrows(GuestException.class, () -> guest.call("throw", x + 1));
            throw seen[0];
        }));
        guest.call("catch", 10);
        assertEquals(11, caught(guest));
        assertEquals(List.of(11), seen[0].values());
        // The same object comes out where nobody catches it.
        Guest other = new Guest(guest.module(), guest.module().instantiate(store, List.of()));
        between(other, (Extern) ((Extern.Table) guest.export("between")).get(0));
        assertSame(assertThrows(GuestException.class, () -> other.call("catch", 20)), seen[0]);
        assertEquals(-1, caught(other));
    }

    @Test
    void aTagOfAnotherStoreIsCaughtByTheClauseForAllOnly() {
        try (Store foreign = engine.newStore(Limiter.UNLIMITED)) {
            GuestException exception = new GuestException(foreign.newTag(STEP), List.of(1));
            between(guest, host(x -> {
                throw exception;
            }));
            assertSame(exception, assertThrows(GuestException.class, () -> guest.call("catch", 0)));
            assertEquals(1, guest.call("catchAll", 0));
        }
    }

    @Test
    void goesOnAfterHostExceptionsAgainAndAgain() {
        between(guest, host(x -> {
            throw new GuestException((Extern.Tag) guest.export("own"), List.of(x));
        }));
        for (int i = 0; i < 10_000; i++) {
            guest.call("catch", i);
            assertEquals(i, caught(guest));
        }
    }

    @Test
    void carriesVectors() {
        Guest thrower = instantiate(store);
        V128 vector = new V128(0x0123_4567_89ab_cdefL, 0x7fff_fffe_0000_0005L);
        V128 added = new V128(0x0123_4568_89ab_cdf0L, 0x7fff_ffff_0000_0006L);
        assertArrayEquals(new Object[] {vector, added}, (Object[]) thrower.call("catch", vector));
        GuestException thrown = assertThrows(GuestException.class, () -> thrower.call("throw", vector));
        assertEquals(List.of(1, vector), thrown.values());
    }

    @Test
    void aMillionExceptionsTakeNoMemory() {
        Charges charges = new Charges(1 << 20, Long.MAX_VALUE);
        try (Store own = engine.newStore(charges)) {
            Guest thrower = instantiate(own);
            long before = charges.bytes;
            thrower.call("throws", 1_000_000);
            assertEquals(before, charges.bytes);
        }
    }

    @Test
    void referencesToExceptionsAreCharged() {
        Charges charges = new Charges(1 << 20, Long.MAX_VALUE);
        try (Store own = engine.newStore(charges)) {
            Trap trap = assertThrows(Trap.class, () -> instantiate(own).call("references", 1_000_000));
            assertEquals(Trap.Kind.OUT_OF_MEMORY, trap.kind());
        }
        // One that is thrown again and again has one reference.
        try (Store own = engine.newStore(new Charges(1 << 20, Long.MAX_VALUE))) {
            Guest thrower = instantiate(own);
            for (int i = 0; i < 10; i++) {
                assertThrows(GuestException.class, () -> thrower.call("pass", 5000));
            }
        }
    }

    @Test
    void theWayOfExceptionsIsChargedAsProcessorTime() {
        Charges charges = new Charges(Long.MAX_VALUE, SECOND / 100);
        try (Store own = engine.newStore(charges)) {
            Trap trap = assertThrows(Trap.class, () -> instantiate(own).call("throws", 100_000_000));
            assertEquals("interrupted: its processor time is used up", trap.getMessage());
            assertTrue(charges.nanos > SECOND / 100, () -> charges.nanos + " ns");
        }
    }
}
