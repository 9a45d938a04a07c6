package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Values above 2 GiB, where a pointer is a negative int. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "without mmap all of a memory takes real memory")
class LargeMemoryTest {

    private static final FunctionType ECHO = new FunctionType(
            List.of(new FunctionType.Param("text", Primitive.STRING)), Optional.of(Primitive.STRING), false);

    private final PreparedComponent<Void> prepared = new Linker<Void>()
            .define("host-echo", new Offer.Func(ECHO, args -> args[0] + "!"))
            .prepare(Guests.load("large"));

    private final ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED);

    @AfterEach
    void close() {
        instance.close();
    }

    private Object call(String function, Object... arguments) {
        return prepared.function(function).orElseThrow().call(instance, arguments);
    }

    @Test
    void stringsAndListsPassInBothDirections() {
        String text = "across the middle: äöü€𝄞";
        assertEquals(text, call("echo-text", text));
        assertEquals("", call("echo-text", ""));
        assertEquals(List.of(text, "second"), call("echo-texts", List.of(text, "second")));
        List<Long> numbers = LongStream.range(0, 1000).boxed().toList();
        assertEquals(numbers, call("echo-numbers", numbers));
        assertEquals(text + "!", call("echo-by-host", text));
    }

    @Test
    void parametersInMemoryAreThere() {
        Object[] numbers = LongStream.rangeClosed(1, 17).boxed().toArray();
        assertEquals(18L, call("sum", numbers));
    }

    @Test
    void aRangeEndsAtTheEndAndDoesNotWrapAround() {
        assertArrayEquals(new byte[] {-16, -1, -1, -1, 8, 0, 0, 0}, (byte[]) call("bytes-at", -16, 8));
        assertArrayEquals(new byte[0], (byte[]) call("bytes-at", -1, 0));
        assertOutOfBounds("bytes-at", -16, 17);
    }

    @Test
    void aListHasAtMostTheLengthThatTheSpecificationAllows() {
        assertOutOfBounds("bytes-at", 0, 1 << 28);
    }

    @Test
    void aLengthIsUnsigned() {
        assertOutOfBounds("bytes-at", 0, -1);
    }

    private void assertOutOfBounds(String function, Object... arguments) {
        Trap trap = assertThrows(Trap.class, () -> call(function, arguments));
        assertTrue(trap.getMessage().contains("out-of-bounds"), trap.getMessage());
    }
}
