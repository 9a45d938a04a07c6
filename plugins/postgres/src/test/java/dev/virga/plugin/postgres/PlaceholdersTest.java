package dev.virga.plugin.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void theFirstPlaceOfAParameterIsAQuestionMark() {
        assertEquals(new Placeholders("SELECT ? , $1", List.of(0)), Placeholders.of("SELECT $1, $1", 1));
        assertEquals(
                new Placeholders("SELECT ? , ? , $1, $2", List.of(1, 0)), Placeholders.of("SELECT $2, $1, $2, $1", 2));
    }

    @Test
    void literalsCommentsNamesAndOperatorsStay() {
        for (String same : List.of(
                "SELECT '$1 '' \\'",
                "SELECT E'\\'$1'",
                "SELECT \"$1\", a$1 -- $1 ;\n, 2 /* $1 /* ; */ $2 */",
                "SELECT $$ $1 ; $$, $tag$ $$ $2 $tag$;",
                "SELECT 1 ; ; -- end",
                "SELECT 'open",
                "SELECT $tag$ open",
                "/* open",
                "$",
                "")) {
            assertEquals(new Placeholders(same, List.of()), Placeholders.of(same, 0));
        }
        assertEquals("SELECT a ?? 'k' AND b ??| ? ", Placeholders.of("SELECT a ? 'k' AND b ?| $1", 1).sql());
    }

    @Test
    void parametersThatAreMissingOrTooManyAreRefused() {
        assertBadParams("the statement uses $2, but there are 1 parameters", "SELECT $1, $2", 1);
        assertBadParams("the statement uses $0, but there are 1 parameters", "SELECT $0", 1);
        assertBadParams("the statement uses $2147483647, but there are 0 parameters", "SELECT $99999999999999999999", 0);
        assertBadParams("the statement does not use $2 of 3 parameters", "SELECT $3, $1", 3);
        assertBadParams("a statement may have 32767 parameters, but there are 40000", "SELECT 1", 40_000);
    }

    @Test
    void moreThanOneStatementIsRefused() {
        for (String sql : List.of("SELECT 1; SELECT 2", "SELECT 1;;'x'", "SELECT 1;/* */ (SELECT 2)", "SELECT 1; $$a$$")) {
            String message = assertThrows(QueryFailure.BadQuery.class, () -> Placeholders.of(sql, 0)).getMessage();
            assertTrue(message.startsWith("42601: there is more than one statement"), message);
        }
    }

    private static void assertBadParams(String message, String sql, int count) {
        assertEquals(message, assertThrows(QueryFailure.BadParams.class, () -> Placeholders.of(sql, count)).getMessage());
    }
}
