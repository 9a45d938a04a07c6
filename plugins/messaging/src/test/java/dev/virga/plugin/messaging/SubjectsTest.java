package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "orders.eu-west_1.new", "_INBOX.abc", "a.$b"})
    void whatIsPlainMayBePublishedTo(String subject) {
        assertEquals(Optional.empty(), Subjects.problem(subject, 100));
        assertEquals(Optional.empty(), Subjects.patternProblem(subject, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a.*", "a.*.b", ">", "a.>"})
    void wildcardsAreOnlyForSubscriptions(String subject) {
        assertTrue(Subjects.problem(subject, 100).isPresent());
        assertEquals(Optional.empty(), Subjects.patternProblem(subject, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a\tb", "a\r\nPUB x 0", "a\0", "ä", "$SYS.x", "a>", "a*.b",
            "01234567890123456789x"})
    void whatIsMalformedIsRefused(String subject) {
        assertTrue(Subjects.problem(subject, 20).isPresent());
        assertTrue(Subjects.patternProblem(subject, 20).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {">.a", "a.>.b"})
    void theRestStandsAtTheEnd(String subject) {
        assertTrue(Subjects.patternProblem(subject, 20).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"a,a", "a.b,a.b", "*,a", "a.*,a.b", "*.b,a.b", "a.*.c,a.b.c", ">,a", ">,a.b.c", "a.>,a.b", "a.>,a.b.c",
            "*.>,a.b"})
    void aPatternStandsFor(String pattern, String subject) {
        assertTrue(Subjects.matches(pattern, subject));
    }

    @ParameterizedTest
    @CsvSource({"a,b", "a,a.b", "a.b,a", "*,a.b", "a.*,a", "a.*,a.b.c", "a.>,a", "a.>,b.a", "ab,a", "a,ab", "*.b,a.c"})
    void aPatternDoesNotStandFor(String pattern, String subject) {
        assertFalse(Subjects.matches(pattern, subject));
    }
}
