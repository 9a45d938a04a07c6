package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Formatting twice changes nothing, and what a text means stays; {@code -Dvirga.fuzz.seconds=N} runs it for longer. */
class FormatterFuzzTest {

    private static final long SECONDS = Long.getLong("virga.fuzz.seconds", 3);

    private static final String[] SPACE = {
        " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\r\n", " // line\n", "\n// line\n", "\n\n// one\n\n// two\n", " /* block */ ",
        "\n/* block */\n", "/* a\n   b\n c */", "\n    /* x\n     * y\n     */ ", " /// doc\n", "\n/// doc\n///   more\n",
        "/** doc */", "\n  /** a\n   * b\n   */\n", "/**/", "//\n", "///\n", "/* /* nested */ */"
    };

    /** Between any two tokens other space and comments, and names so long that lists have to be broken. */
    private static String spaced(Random random) {
        Source text = new Source("a.wit", WitFuzzTest.TEXT);
        StringBuilder spaced = new StringBuilder();
        int rarity = 1 + random.nextInt(30);
        boolean longNames = random.nextBoolean();
        Token last = null;
        for (Token token : Parser.tokens(text)) {
            boolean glued = last != null && (last.isSymbol("@") || last.isSymbol("/") || token.kind() == Token.Kind.JOINT
                    || last.kind() == Token.Kind.JOINT || token.kind() == Token.Kind.VERSION);
            boolean broken = last != null && last.end() < token.start();
            if (random.nextInt(rarity) == 0 && !glued) {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    spaced.append(SPACE[random.nextInt(SPACE.length)]);
                }
            }
            spaced.append(broken && !glued ? " " : "");
            String written = text.text().substring(token.start(), token.end());
            spaced.append(longNames && written.equals("x") ? "x-with-a-name-that-is-so-long-that-it-has-to-break" : written);
            last = token;
        }
        return spaced.append(SPACE[random.nextInt(SPACE.length)]).toString();
    }

    @Test
    void anyTextFormatsToOneThatStaysAndMeansTheSame() {
        Random random = new Random(11);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int changed = 0;
        for (int round = 0; round < 500 || System.nanoTime() < end; round++) {
            Source text = new Source("a.wit", spaced(random));
            String formatted = WitFormatter.format(text);
            assertEquals(formatted, WitFormatter.format(new Source("a.wit", formatted)), text.text());
            assertEquals(Resolution.of(Features.ALL, text), Resolution.of(Features.ALL, new Source("a.wit", formatted)),
                    text.text());
            assertTrue(formatted.lines().noneMatch(l -> l.endsWith(" ") || l.endsWith("\t")), formatted);
            changed += formatted.equals(text.text()) ? 0 : 1;
        }
        assertTrue(changed > 400);
    }

    @Test
    void brokenTextsGiveAResultOrAClearError() {
        Random random = new Random(13);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        for (int round = 0; round < 500 || System.nanoTime() < end; round++) {
            String text = WitFuzzTest.changed(random);
            try {
                String formatted = WitFormatter.format(new Source("a.wit", text));
                assertEquals(formatted, WitFormatter.format(new Source("a.wit", formatted)), text);
            } catch (WitException e) {
                assertTrue(e.line() >= 1 && e.column() >= 1, e.getMessage());
            }
            String document = "# A\n\n```wit\n" + text + "\n```\n";
            try {
                String formatted = MarkdownFormatter.format(new Source("a.md", document));
                assertEquals(formatted, MarkdownFormatter.format(new Source("a.md", formatted)), document);
            } catch (WitException e) {
                assertTrue(e.line() >= 3, e.getMessage());
            }
        }
    }

    /** What the printer writes is formatted already. */
    @Test
    void printedTextIsFormatted() {
        Random random = new Random(17);
        List<String> texts = new ArrayList<>(List.of(WitFuzzTest.TEXT));
        for (int i = 0; i < 60; i++) {
            texts.add(spaced(random));
            texts.add(WitFuzzTest.changed(random));
        }
        for (String text : texts) {
            Resolution resolution;
            try {
                resolution = Resolution.of(Features.ALL, new Source("a.wit", text));
            } catch (WitException e) {
                continue;
            }
            for (Package root : resolution.packages()) {
                String printed = WitPrinter.print(resolution, root.name());
                assertEquals(printed, WitFormatter.format(new Source("printed.wit", printed)), text);
            }
        }
    }

    /** Whatever grows, time grows with it and no faster: these would take hours otherwise. */
    @Test
    void longTextsTakeNoTimeToSpeakOf() {
        for (String text : List.of(
                "/* */ ".repeat(50_000) + "\ninterface i {}",
                "/*".repeat(50_000) + "*/".repeat(50_000),
                "interface i { f: func(" + "a: u8, ".repeat(10_000) + "); }",
                "interface i { f: " + "/**/".repeat(50_000) + "func(); }",
                "interface i { f: func();" + "/**/".repeat(50_000) + " }")) {
            assertTrue(WitFormatter.format(new Source("a.wit", text)).length() > 50_000);
        }
    }
}
