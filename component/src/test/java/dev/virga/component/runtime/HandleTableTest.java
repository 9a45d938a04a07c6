package dev.virga.component.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.type.ResourceType;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTableTest {

    private final ResourceType type = new HostResourceType("thing", String.class);
    private final ResourceType other = new HostResourceType("other", String.class);
    private final Quota quota = new Quota(Limiter.UNLIMITED, 1000);
    private final HandleTable table = new HandleTable(quota);

    private int add(HandleTable to) {
        return to.add(new ResourceHandle(type, "a", null));
    }

    private static void traps(String message, Runnable action) {
        assertEquals(message, assertThrows(Trap.class, action::run).getMessage());
    }

    @Test
    void indicesStartAtOneAndTheLastFreedIsUsedFirst() {
        assertEquals(1, add(table));
        assertEquals(2, add(table));
        assertEquals(3, add(table));
        table.remove(1, type);
        table.remove(2, type);
        assertEquals(2, add(table));
        assertEquals(1, add(table));
        assertEquals(4, add(table));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 17, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void noForgedIndexIsTaken(int index) {
        add(table);
        String message = "unknown handle index " + Integer.toUnsignedString(index);
        traps(message, () -> table.get(index, type));
        traps(message, () -> table.remove(index, type));
    }

    @Test
    void aHandleIsOfOneTypeOnly() {
        int index = add(table);
        assertThrows(Trap.class, () -> table.get(index, other));
        assertThrows(Trap.class, () -> table.remove(index, other));
        assertSame(type, table.remove(index, type).type);
        traps("unknown handle index 1", () -> table.remove(index, type));
    }

    @Test
    void whatIsLentStays() {
        int index = add(table);
        BorrowScope call = new BorrowScope(null);
        call.lend(table.get(index, type));
        call.lend(table.get(index, type));
        traps("cannot remove owned resource while borrowed", () -> table.remove(index, type));
        call.end();
        table.remove(index, type);
        assertEquals(0, quota.handles());
    }

    @Test
    void allTablesOfOneRootShareTheLimit() {
        HandleTable sibling = new HandleTable(quota);
        for (int i = 0; i < 500; i++) {
            add(table);
            add(sibling);
        }
        traps("cannot allocate another handle: the instance's limit is 1000", () -> add(table));
        sibling.remove(1, type);
        add(table);
    }

    @Test
    void theMemoryOfTablesIsChargedAndGivenBack() {
        AtomicLong charged = new AtomicLong();
        Limiter limiter = new Limiter() {
            @Override
            public boolean reserve(long bytes) {
                return charged.addAndGet(bytes) <= 64 * 100;
            }

            @Override
            public void release(long bytes) {
                charged.addAndGet(-bytes);
            }
        };
        Quota small = new Quota(limiter, Integer.MAX_VALUE);
        HandleTable bounded = new HandleTable(small);
        for (int i = 1; i < 64; i++) {
            add(bounded);
        }
        assertEquals(64 * 64, charged.get());
        traps(
                "cannot allocate another handle: the memory limit leaves no room for the handle table",
                () -> add(bounded));
        charged.set(64 * 64);
        small.close();
        assertEquals(0, charged.get());
    }
}
