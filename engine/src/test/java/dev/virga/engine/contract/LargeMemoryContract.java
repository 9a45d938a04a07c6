package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.engine.Extern;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.memory.LinuxMemory;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memories beyond 2 GiB, where an address is a negative int. Few of their pages are touched. */
public abstract class LargeMemoryContract extends EngineContract {

    private static final int MAX_PAGES = 65_536;
    /** The first address above 2 GiB. */
    private static final int HALF = Integer.MIN_VALUE;
    /** The last address of all. */
    private static final int LAST = -1;

    private Guest guest;

    @BeforeEach
    void needsMappedMemory() {
        assumeTrue(LinuxMemory.find().isPresent(), "skipped: without mmap all of a memory takes real memory");
        guest = Guest.of(engine.compile(module()), store, Map.of());
    }

    /** The functions of {@code large.wat}. */
    protected byte[] module() {
        return Guest.binary("large");
    }

    private void growTo(int pages) {
        int before = (int) guest.call("size");
        assertEquals(before, guest.call("grow", pages - before));
    }

    private void assertOutOfBounds(String function, Object... arguments) {
        Trap trap = assertThrows(Trap.class, () -> guest.call(function, arguments));
        assertEquals(Trap.Kind.MEMORY_OUT_OF_BOUNDS, trap.kind(), function);
    }

    @Test
    void growsUpToAllThat32BitsAddress() {
        assertEquals(-1, guest.call("grow", MAX_PAGES));
        assertEquals(-1, guest.call("grow", -1));
        growTo(32_767);
        growTo(32_768);
        growTo(32_769);
        growTo(MAX_PAGES);
        assertEquals(MAX_PAGES, guest.call("size"));
        assertEquals(MAX_PAGES, guest.call("grow", 0));
        assertEquals(-1, guest.call("grow", 1));
        assertEquals(1L << 32, ((Extern.Memory) guest.export("memory")).segment().byteSize());
    }

    @Test
    void growthKeepsTheContentAndTakesNoMemory() throws IOException {
        guest.call("store32", 100, 77);
        long before = resident();
        growTo(MAX_PAGES);
        assertEquals(77, guest.call("load32", 100));
        assertEquals(0, guest.call("load32", HALF));
        assertEquals(0, guest.call("load8", LAST));
        assertTrue(resident() - before < 1L << 30, "no quarter of what was grown may be resident");
    }

    /** Bytes of this process in memory. */
    private static long resident() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }

    @Test
    void theLimiterBoundsIt() {
        Budget budget = new Budget(3L << 30);
        try (Store limited = engine.newStore(budget)) {
            Guest other = Guest.of(engine.compile(module()), limited, Map.of());
            int left = (int) ((budget.limit() - budget.held()) / 65_536);
            assertEquals(-1, other.call("grow", left + 1));
            assertEquals(1, other.call("grow", left));
            assertEquals(-1, other.call("grow", 1));
        }
        assertEquals(0, budget.held());
    }

    @Test
    void loadsAndStoresOfEveryWidthOnBothSidesOfEachBoundary() {
        growTo(MAX_PAGES);
        for (int address : new int[] {HALF - 8, HALF - 3, HALF, HALF + 1, -65_537, -8}) {
            guest.call("store64", address, 0x8182_8384_8586_8788L);
            assertEquals(0x8182_8384_8586_8788L, guest.call("load64", address));
            assertEquals(0x8586_8788, guest.call("load32", address));
            assertEquals(0x8788, guest.call("load16", address));
            assertEquals(0x88, guest.call("load8", address));
            guest.call("store32", address, 0x0102_0304);
            guest.call("store16", address, 0x0506);
            guest.call("store8", address, 0x07);
            assertEquals(0x8182_8384_0102_0507L, guest.call("load64", address));
            guest.call("storeF32", address, 1.5f);
            assertEquals(1.5f, guest.call("loadF32", address));
            guest.call("storeF64", address, -2.5);
            assertEquals(-2.5, guest.call("loadF64", address));
            guest.call("store64", address, 0L);
        }
    }

    @Test
    void accessesThatCrossTheEndTrapAndWriteNothing() {
        growTo(32_769);
        int end = HALF + 65_536;
        guest.call("store8", end - 1, 1);
        assertOutOfBounds("store8", end, 2);
        assertOutOfBounds("store64", end - 7, -1L);
        assertOutOfBounds("load32", end - 3);
        assertOutOfBounds("load16", LAST);
        assertEquals(1, guest.call("load8", end - 1));
        growTo(MAX_PAGES);
        guest.call("store8", LAST, 3);
        assertOutOfBounds("load16", LAST);
        assertOutOfBounds("load32", LAST - 2);
        assertOutOfBounds("load64", LAST - 6);
        assertOutOfBounds("store64", LAST - 6, -1L);
        assertOutOfBounds("storeF64", LAST, 1.0);
        assertEquals(3, guest.call("load8", LAST));
        assertEquals(0, guest.call("load8", LAST - 6));
    }

    @Test
    void theSumOfAddressAndOffsetDoesNotWrapAround() {
        growTo(MAX_PAGES);
        guest.call("store8", 0, 11);
        guest.call("store8", HALF, 22);
        guest.call("store8AtEnd", 0, 33);
        assertEquals(22, guest.call("load8At2G", 0));
        assertEquals(33, guest.call("load8At2G", Integer.MAX_VALUE));
        assertOutOfBounds("load8At2G", HALF);
        assertOutOfBounds("load8At2G", LAST);
        assertEquals(33, guest.call("load8", LAST));
        assertEquals(33, guest.call("load8AtEnd", 0));
        for (int address : new int[] {1, 2, HALF, LAST}) {
            assertOutOfBounds("load8AtEnd", address);
            assertOutOfBounds("store8AtEnd", address, 44);
            assertOutOfBounds("load64AtEnd", address);
        }
        assertOutOfBounds("load64AtEnd", 0);
        assertEquals(11, guest.call("load8", 0));
    }

    @Test
    void bulkOperationsCrossTheMiddle() {
        growTo(MAX_PAGES);
        guest.call("fill", HALF - 5, 9, 10);
        assertEquals(0x0909_0909_0909_0909L, guest.call("load64", HALF - 4));
        assertEquals(0, guest.call("load8", HALF - 6));
        assertEquals(0, guest.call("load8", HALF + 5));
        guest.call("init", HALF - 3, 0, 7);
        assertEquals("passive", text(HALF - 3, 7));
        guest.call("copy", HALF + 1000, HALF - 3, 7);
        assertEquals("passive", text(HALF + 1000, 7));
        guest.call("copy", 10, HALF + 1000, 7);
        assertEquals("passive", text(10, 7));
        guest.call("copy", HALF - 1, HALF - 3, 7); // overlapping
        assertEquals("papassive", text(HALF - 3, 9));
        guest.call("copyToOther", 20, HALF - 1, 7);
        assertEquals((int) 'p', guest.call("loadOther8", 20));
        assertEquals((int) 'e', guest.call("loadOther8", 26));
    }

    @Test
    void bulkOperationsEndAtTheEnd() {
        growTo(MAX_PAGES);
        guest.call("fill", LAST - 2, 5, 3);
        assertEquals(5, guest.call("load8", LAST));
        assertOutOfBounds("fill", LAST - 2, 6, 4);
        assertOutOfBounds("fill", LAST, 6, LAST);
        assertOutOfBounds("fill", 2, 6, LAST);
        assertEquals(5, guest.call("load8", LAST));
        assertEquals(0, guest.call("load8", 2));
        guest.call("init", LAST - 6, 0, 7);
        assertEquals("passive", text(LAST - 6, 7));
        assertOutOfBounds("init", LAST - 5, 0, 7);
        assertOutOfBounds("init", LAST, LAST, 1);
        guest.call("copy", 0, LAST, 1);
        assertOutOfBounds("copy", 0, LAST, 2);
        assertOutOfBounds("copy", LAST, 0, 2);
        assertOutOfBounds("copy", 2, 0, LAST);
        assertOutOfBounds("copyToOther", 0, 0, LAST);
        assertEquals("e", text(0, 1));
    }

    private String text(int address, int length) {
        byte[] bytes = ((Extern.Memory) guest.export("memory")).segment()
                .asSlice(Integer.toUnsignedLong(address), length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
