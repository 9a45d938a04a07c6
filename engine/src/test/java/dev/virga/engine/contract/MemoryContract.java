package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.GlobalType;
import dev.virga.engine.Limiter;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Linear memories: their content, growth and bounds, and what is left of them. */
public abstract class MemoryContract extends EngineContract {

    private Guest guest() {
        return guest(engine.compile(Guest.binary("memory")), store);
    }

    private static Guest guest(CoreModule module, Store store) {
        return Guest.of(module, store,
                Map.of("offset", store.newGlobal(new GlobalType(ValType.Num.I32, false), 5)));
    }

    private static String text(Guest guest, long offset, int length) {
        byte[] bytes = ((Extern.Memory) guest.export("memory")).segment()
                .asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void startsWithItsDataAndZeroElsewhere() {
        Guest guest = guest();
        assertEquals("hello", text(guest, 10, 5));
        assertEquals("over the page boundary", text(guest, 65_530, 22));
        byte[] all = ((Extern.Memory) guest.export("memory")).segment().toArray(ValueLayout.JAVA_BYTE);
        assertEquals(2 * 65_536, all.length);
        int zeros = 0;
        for (byte b : all) {
            zeros += b == 0 ? 1 : 0;
        }
        assertEquals(all.length - 27, zeros);
    }

    @Test
    void hasTheDataThatCameBeforeASegmentOutOfBounds() {
        Extern.Memory memory = store.newMemory(
                new MemoryType(new Limits(1, OptionalLong.empty(), false), false));
        assertThrows(Trap.class, () -> Guest.of(engine, store, "segments", Map.of("memory", memory)));
        assertEquals(42, memory.segment().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void growsUpToItsMaximumAndKeepsItsContent() {
        Guest guest = guest();
        Extern.Memory memory = (Extern.Memory) guest.export("memory");
        guest.call("store8", 131_071, 77);
        assertEquals(2, guest.call("grow", 3));
        assertEquals(77, guest.call("load8", 131_071));
        assertEquals(0, guest.call("load8", 5 * 65_536 - 1));
        assertThrows(Trap.class, () -> guest.call("load8", 5 * 65_536));
        assertEquals(5 * 65_536, memory.segment().byteSize());
        assertEquals(5, memory.grow(15));
        assertEquals(-1, memory.grow(1));
        assertEquals(-1, guest.call("grow", 1));
        assertEquals(20, guest.call("size"));
        guest.call("fillAll", 9);
        assertEquals(9, guest.call("load8", 20 * 65_536 - 1));
    }

    @Test
    void accessesAcrossPagesAndAtTheVeryEnd() {
        Guest guest = guest();
        guest.call("store64", 65_533, 0x0102030405060708L);
        assertEquals(0x0102030405060708L, guest.call("load64", 65_533));
        assertEquals(8, guest.call("load8", 65_533));
        guest.call("store64", 131_064, -1L);
        assertEquals(-1L, guest.call("load64", 131_064));
        assertThrows(Trap.class, () -> guest.call("store64", 131_065, 5L));
        assertEquals(-1L, guest.call("load64", 131_064), "a refused store must not write in part");
    }

    @Test
    void copiesPassiveDataUntilItIsDropped() {
        CoreModule module = engine.compile(Guest.binary("memory"));
        Guest guest = guest(module, store);
        guest.call("init", 100, 1, 6);
        assertEquals("assive", text(guest, 100, 6));
        assertThrows(Trap.class, () -> guest.call("init", 100, 2, 6));
        assertThrows(Trap.class, () -> guest.call("init", 131_070, 0, 7));
        guest.call("drop");
        assertThrows(Trap.class, () -> guest.call("init", 100, 0, 1));
        guest(module, store).call("init", 100, 0, 7);
    }

    @Test
    void nothingOfOneInstanceIsLeftForTheNext() {
        CoreModule module = engine.compile(Guest.binary("memory"));
        for (int round = 0; round < 10; round++) {
            try (Store own = engine.newStore(Limiter.UNLIMITED)) {
                Guest guest = guest(module, own);
                assertEquals("hello", text(guest, 10, 5));
                Extern.Memory memory = (Extern.Memory) guest.export("memory");
                memory.grow(18);
                MemorySegment segment = memory.segment();
                for (long at = 0; at < segment.byteSize(); at += 512) {
                    boolean image = at <= 10 && at + 512 > 10 || at <= 65_551 && at + 512 > 65_530;
                    if (!image) {
                        assertEquals(0, segment.get(ValueLayout.JAVA_LONG, at), "at " + at);
                    }
                }
                guest.call("fillAll", 0xaa);
            }
        }
    }

    @Test
    void instancesAliveAtTheSameTimeDoNotShare() {
        try (Store other = engine.newStore(Limiter.UNLIMITED)) {
            CoreModule module = engine.compile(Guest.binary("memory"));
            Guest first = guest(module, store);
            Guest second = guest(module, other);
            first.call("fillAll", 1);
            assertEquals("hello", text(second, 10, 5));
            assertEquals("hello", text(guest(module, other), 10, 5));
        }
    }

    @Test
    void aClosedStoresMemoryCannotBeReached() {
        Guest guest = guest();
        store.close();
        store.close();
        assertThrows(IllegalStateException.class, () -> guest.call("load8", 10));
        assertEquals(0, ((Extern.Memory) guest.export("memory")).segment().byteSize());
    }

    @Test
    void theHostMakesMemoriesToo() {
        Extern.Memory memory = store.newMemory(
                new MemoryType(new Limits(0, OptionalLong.of(2), false), false));
        assertEquals(0, memory.segment().byteSize());
        assertEquals(0, memory.grow(2));
        memory.segment().set(ValueLayout.JAVA_BYTE, 131_071, (byte) 1);
        assertEquals(-1, memory.grow(1));
        assertEquals(2, memory.grow(0));
    }
}
