package dev.virga.plugin.redis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private final ReplyReader reader = new ReplyReader();

    private void check(String reply) throws IOException {
        byte[] bytes = reply.getBytes(StandardCharsets.US_ASCII);
        reader.expect(1 << 20);
        reader.check(bytes, 0, bytes.length);
    }

    /** The client reads a list in a list by a call in a call. */
    @ParameterizedTest
    @ValueSource(strings = {"*1\r\n", "*2\r\n:1\r\n", "*3\r\n$1\r\nx\r\n*0\r\n", "*2\r\n$-1\r\n", "*2\r\n*-1\r\n"})
    void listsInListsAreRefusedWhateverStandsBetween(String level) {
        IOException e = assertThrows(IOException.class, () -> check(level.repeat(1000)));
        assertEquals("what answers is no Redis: lists in lists", e.getMessage());
    }

    @Test
    void listsBesideEachOtherAreNotInEachOther() {
        assertDoesNotThrow(() -> check("*100\r\n" + "*2\r\n*1\r\n:1\r\n$1\r\nx\r\n".repeat(100)));
        assertDoesNotThrow(() -> check("*2\r\n$1\r\n0\r\n*3\r\n$1\r\na\r\n$1\r\nb\r\n*0\r\n".repeat(100)));
    }
}
