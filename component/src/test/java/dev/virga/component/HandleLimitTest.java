package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import org.junit.jupiter.api.Test;

/** Handle exhaustion across the components of one instance. */
class HandleLimitTest {

    @Test
    void allComponentsOfAnInstanceShareOneLimit() {
        PreparedComponent<Void> prepared = new Linker<Void>(1000).prepare(Guests.load("hoard"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            prepared.function("a").orElseThrow().call(instance, 400);
            prepared.function("b").orElseThrow().call(instance, 400);
            assertEquals(800, instance.handles());
            ExportedFunction c = prepared.function("c").orElseThrow();
            assertEquals(
                    "cannot allocate another handle: the instance's limit is 1000",
                    assertThrows(Trap.class, () -> c.call(instance, 400)).getMessage());
        }
    }

    @Test
    void oneInstancesHandlesDoNotCountForAnother() {
        PreparedComponent<Void> prepared = new Linker<Void>(1000).prepare(Guests.load("hoard"));
        try (ComponentInstance one = prepared.instantiate(null, Limiter.UNLIMITED);
                ComponentInstance two = prepared.instantiate(null, Limiter.UNLIMITED)) {
            ExportedFunction fill = prepared.function("a").orElseThrow();
            fill.call(one, 1000);
            fill.call(two, 1000);
            assertEquals(1000, two.handles());
        }
    }
}
