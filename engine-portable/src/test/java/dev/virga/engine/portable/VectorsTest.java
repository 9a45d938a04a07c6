package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.ModuleException;
import dev.virga.engine.contract.Guest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorsTest {

    private final PortableEngine engine = new PortableEngine(Optional.empty());

    @AfterEach
    void close() {
        engine.close();
    }

    private String refusal(Class<? extends ModuleException> kind, byte[] binary) {
        return assertThrows(kind, () -> engine.compile(binary)).getMessage();
    }

    private static byte[] module(String sections) {
        return HexFormat.of().parseHex(("0061736d01000000" + sections).replace(" ", ""));
    }

    /** A module of one function, whose code goes on with these bytes where nothing is reached any more. */
    private static byte[] unreached(String instruction) {
        String body = "00 00" + instruction.replace(" ", "") + "0b";
        int size = body.replace(" ", "").length() / 2;
        return module("01 04 01 60 00 00  03 02 01 00  0a %02x 01 %02x".formatted(size + 2, size) + body);
    }

    private static String leb(long number) {
        StringBuilder bytes = new StringBuilder();
        long left = number;
        for (; left > 0x7f; left >>>= 7) {
            bytes.append("%02x".formatted(left & 0x7f | 0x80));
        }
        return bytes.append("%02x".formatted(left)).toString();
    }

    @Test
    void theFunctionIsNamed() {
        String refusal = refusal(ModuleException.Unsupported.class, Guest.binary(VectorsTest.class, "simd"));
        assertTrue(refusal.contains("function 1 \"vector\""), refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "0, v128.load", "0x0c, v128.const", "0x11, i32x4.splat", "0xf8, i32x4.trunc_sat_f32x4_s",
        "0x100, i8x16.relaxed_swizzle", "0x10c, i64x2.relaxed_laneselect", "0x111, i16x8.relaxed_q15mulr_s",
        "0x113, i32x4.relaxed_dot_i8x16_i7x16_add_s"
    })
    void theInstructionIsNamed(String number, String name) {
        String refusal = refusal(ModuleException.Unsupported.class, unreached("fd" + leb(Long.decode(number))));
        assertTrue(refusal.startsWith("SIMD (" + name + " in function 0)"), refusal);
    }

    @Test
    void everyVectorInstructionIsRefusedAndNoOtherIsTakenForOne() {
        int named = 0;
        for (long number = 0; number < 0x200; number++) {
            boolean known = Vectors.name(number).isPresent();
            named += known ? 1 : 0;
            refusal(known ? ModuleException.Unsupported.class : ModuleException.Malformed.class,
                    unreached("fd" + leb(number)));
        }
        assertEquals(236 + 20, named);
    }

    @Test
    void aNumberThatReachesIntoAnotherPrefixIsIllegal() {
        LongStream.of(0x10c, 0x200, 0xffff_0000L + 0x400 + 0x10, 0xffff_ffffL).forEach(number -> {
            for (String prefix : new String[] {"fb", "fc", "fe"}) {
                String refusal = refusal(ModuleException.Malformed.class, unreached(prefix + leb(number)));
                assertTrue(refusal.startsWith("illegal opcode " + prefix + " " + Long.toHexString(number)), refusal);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "a function type, 01 05 01 60 01 7b 00",
        "a global, 06 16 01 7b 00 fd 0c 00000000000000000000000000000000 0b",
        "a v128 local, 01 04 01 60 00 00  03 02 01 00  0a 06 01 04 01 01 7b 0b",
        "a v128 block, 01 04 01 60 00 00  03 02 01 00  0a 09 01 07 00 02 7b 00 0b 1a 0b",
        "a v128 select, 01 04 01 60 00 00  03 02 01 00  0a 09 01 07 00 00 1c 01 7b 1a 0b"
    })
    void typesAreRefusedToo(String what, String sections) {
        String refusal = refusal(ModuleException.Unsupported.class, module(sections));
        assertTrue(refusal.startsWith("SIMD (") && refusal.contains(what), refusal);
    }
}
