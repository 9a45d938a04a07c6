package dev.virga.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleBinaryTest {

    private static final String HEADER = "0061736d01000000";
    private static final String CODE = "0a0401020000";
    private static final String NAME = "000a046e616d65000302016d";

    private static ModuleBinary module(String hex) {
        return new ModuleBinary(HexFormat.of().parseHex(HEADER + hex));
    }

    @Test
    void otherDataIsAnotherModuleWithTheSameCode() {
        ModuleBinary one = module(CODE + "0b050101026162" + NAME);
        ModuleBinary other = module(CODE + "0b06010103616263" + NAME);
        assertEquals(one.codeDigest(), other.codeDigest());
        assertNotEquals(one.digest(), other.digest());
    }

    @Test
    void moreSegmentsAreOtherCode() {
        assertNotEquals(
                module(CODE + "0b050101026162").codeDigest(), module(CODE + "0b050201000100").codeDigest());
        assertNotEquals(module(CODE).codeDigest(), module(CODE + "0b0100").codeDigest());
    }

    @Test
    void everyByteCounts() {
        byte[] bytes = module(CODE + "0b050101026162" + NAME).bytes();
        Set<String> digests = new HashSet<>(Set.of(new ModuleBinary(bytes).digest()));
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] ^= 1;
            digests.add(new ModuleBinary(other).digest());
            byte[] shorter = java.util.Arrays.copyOf(bytes, i);
            digests.add(new ModuleBinary(shorter).digest());
        }
        assertEquals(1 + 2 * bytes.length, digests.size());
    }

    @Test
    void theSameBytesHaveTheSameDigests() {
        assertEquals(module(CODE).digest(), module(CODE).digest());
        assertEquals(module(CODE).codeDigest(), module(CODE).codeDigest());
    }
}
