package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.ComponentDecoder;
import org.junit.jupiter.api.Test;

/** Rules for built-ins that the public suites do not try. */
class AsyncCanonValidatorTest {

    private static final int CANONS = 8;

    @Test
    void theResultOfATaskCannotBeBorrowed() {
        // (import "r" (type $r (sub resource))) (type $b (borrow $r)) (canon task.return (result $b))
        Bytes component = Bytes.component()
                .section(Bytes.IMPORTS, 1, Bytes.of(0).name("r").then(3, 1))
                .section(Bytes.TYPES, 1, Bytes.of(0x68, 0))
                .section(CANONS, 1, Bytes.of(9, 0, 1, 0));
        assertEquals("the result of `task.return` cannot contain a `borrow` type", verdict(component));
    }

    @Test
    void anAsyncLoweringWithoutValuesNeedsNoMemory() {
        Bytes component = Bytes.component()
                .section(Bytes.TYPES, 1, Bytes.of(0x43, 0, 1, 0))
                .section(Bytes.IMPORTS, 1, Bytes.of(0).name("f").then(1, 0))
                .section(CANONS, 1, Bytes.of(1, 0, 0, 1, 6));
        assertEquals("valid", verdict(component));
    }

    private static String verdict(Bytes bytes) {
        try {
            ComponentValidator.validate(ComponentDecoder.decode(bytes.array()));
            return "valid";
        } catch (ComponentException.Invalid e) {
            return e.getMessage().replaceAll(" \\(at offset .*", "");
        }
    }
}
