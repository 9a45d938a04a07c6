package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.GuestException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Exceptions of guests, for engines that have them. */
public abstract class ExceptionContract extends EngineContract {

    @Test
    void handsUncaughtExceptionsOutAndTakesThemIn() {
        Guest thrower = Guest.of(engine, store, "exceptions", Map.of());
        GuestException thrown = assertThrows(GuestException.class, () -> thrower.call("throw", 3, 4L));
        assertEquals(thrower.export("problem"), thrown.tag());
        assertEquals(List.of(3, 4L), thrown.values());

        FuncType type = new FuncType(List.of(), List.of());
        Guest[] catcher = new Guest[1];
        Extern.Func run = store.newFunc(type, () -> MethodHandles.insertArguments(
                MethodHandles.foldArguments(
                        MethodHandles.throwException(void.class, GuestException.class),
                        MethodHandles.constant(GuestException.class,
                                new GuestException((Extern.Tag) catcher[0].export("problem"), List.of(5, 6L)))),
                0));
        catcher[0] = Guest.of(engine, store, "exceptions", Map.of("run", run));
        assertArrayEquals(new Object[] {5, 6L}, (Object[]) catcher[0].call("catch"));
        assertEquals(1, catcher[0].call("catchAll"));
    }
}
