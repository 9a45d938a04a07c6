package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class HarmlessTest {

    @Test
    void whatCouldSteerATerminalBecomesAQuestionMark() {
        assertEquals("?[31mred ? ? ? ? ?", Harmless.text("\033[31mred \r \n \u009b \u202e \udb40\udc01"));
        assertEquals("\t?", Harmless.text("\t\u007f"));
    }

    @Test
    void allOtherTextStaysAsItIs() {
        String plain = "GET /a?b=1";
        assertSame(plain, Harmless.text(plain));
        assertEquals("é € \ud83d\ude00\ttab", Harmless.text("é € \ud83d\ude00\ttab"));
    }
}
