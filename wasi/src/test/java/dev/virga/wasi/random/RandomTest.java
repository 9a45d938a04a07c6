package dev.virga.wasi.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Trap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomTest {

    private final Random random = new Random(1000);
    private final Insecure insecure = new Insecure(1000);

    @Test
    void bytesAreAsManyAsAskedAndDiffer() {
        assertEquals(1000, random.getRandomBytes(1000).length);
        assertEquals(0, random.getRandomBytes(0).length);
        assertNotEquals(Arrays.hashCode(random.getRandomBytes(32)), Arrays.hashCode(random.getRandomBytes(32)));
        assertNotEquals(random.getRandomU64(), random.getRandomU64());
        assertEquals(7, insecure.getInsecureRandomBytes(7).length);
        assertNotEquals(insecure.getInsecureRandomU64(), insecure.getInsecureRandomU64());
    }

    @Test
    void tooManyAtOnceTrapWithoutBeingAllocated() {
        assertThrows(Trap.class, () -> random.getRandomBytes(1001));
        assertThrows(Trap.class, () -> random.getRandomBytes(-1));
        assertThrows(Trap.class, () -> insecure.getInsecureRandomBytes(Long.MIN_VALUE));
    }

    @Test
    void theSeedIsTheSameForAnInstanceAndAnotherForTheNext() {
        InsecureSeed seed = new InsecureSeed();
        assertEquals(seed.insecureSeed(), seed.insecureSeed());
        assertNotEquals(seed.insecureSeed(), new InsecureSeed().insecureSeed());
    }
}
