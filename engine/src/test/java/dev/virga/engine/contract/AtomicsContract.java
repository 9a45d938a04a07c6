package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.engine.Trap;
import dev.virga.engine.memory.LinuxMemory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Atomic instructions, for engines that have them. */
public abstract class AtomicsContract extends EngineContract {

    /** The functions of {@code atomics.wat}. */
    protected byte[] module() {
        return Guest.binary("atomics");
    }

    @Test
    void reachAllThat32BitsAddress() {
        assumeTrue(LinuxMemory.find().isPresent(), "skipped: without mmap all of a memory takes real memory");
        Guest guest = Guest.of(engine.compile(module()), store, Map.of());
        assertEquals(1, guest.call("grow", 65_535));
        for (int address : new int[] {Integer.MIN_VALUE - 8, Integer.MIN_VALUE, -8}) {
            guest.call("atomicStore", address, 41);
            assertEquals(41, guest.call("atomicLoad", address));
            assertEquals(41L, guest.call("atomicAdd64", address, 1L));
            assertEquals(42, guest.call("atomicExchange8", address, 42, 7));
            assertEquals(7, guest.call("load32", address));
            assertEquals(0, guest.call("notify", address));
        }
        for (int address : new int[] {Integer.MIN_VALUE + 2, -1}) {
            Trap trap = assertThrows(Trap.class, () -> guest.call("atomicLoad", address));
            assertEquals(Trap.Kind.UNALIGNED_ATOMIC, trap.kind());
        }
        for (int address : new int[] {1, 5, Integer.MIN_VALUE + 1, -3}) {
            Trap trap = assertThrows(Trap.class, () -> guest.call("atomicLoadAtEnd", address));
            assertEquals(Trap.Kind.MEMORY_OUT_OF_BOUNDS, trap.kind());
        }
    }
}
