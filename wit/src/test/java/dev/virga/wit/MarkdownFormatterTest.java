package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MarkdownFormatterTest {

    private static String format(String text) {
        return MarkdownFormatter.format(new Source("a.md", text));
    }

    @Test
    void onlyBlocksOfWitAreFormatted() {
        String expected = """
                # Title  with   space

                ```wit
                package a:b;

                interface i {}
                ```

                ```rust
                fn   x() {}
                ```

                ~~~~ wit title="x`y"
                f: func();
                ~~~~

                - a list

                  ```wit
                  import i;

                  export g: func();
                  ```

                ````markdown
                ```wit
                interface    j{}
                ```
                ````

                ```witness
                interface    j{}
                ```

                An inline ``` wit ```.

                ```wit
                never   closed
                """;
        String text = expected.replace("package a:b;\n\ninterface i {}", "package a:b;   interface i{\n}")
                .replace("f: func();", "f:func( );")
                .replace("  import i;\n\n  export g: func();", "    import i;\n\n\n  export g:func( );");
        assertEquals(expected, format(text));
        assertEquals(expected, format(expected));
    }

    @Test
    void lineBreaksAndTheLastLineStayAsTheyAre() {
        assertEquals("a\r\n```wit\r\ninterface i {}\r\n```\nb", format("a\r\n```wit\r\ninterface   i {}\r\n```\nb"));
    }

    @Test
    void aMistakeIsReportedAtItsPlaceInTheDocument() {
        String text = "# Title\n\n- list\n\n  ```wit\n  interface i {\n    f: fun();\n  }\n  ```\n";
        WitException e = assertThrows(WitException.class, () -> format(text));
        assertEquals("a.md:7:8: expected 'func' for a function's type, found the name 'fun'", e.getMessage());
        assertEquals("a.md:2:1: expected 'interface', 'world', 'use' or 'package', found '.'",
                assertThrows(WitException.class, () -> format("```wit\n...\n```")).getMessage());
    }

    @Test
    void longLinesAreNoTrouble() {
        String text = "```" + "a".repeat(1_000_000) + "`\n" + " ".repeat(1_000_000) + "`\n";
        assertEquals(text, format(text));
    }
}
