package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changed texts give a result or a {@link WitException}; {@code -Dvirga.fuzz.seconds=N} runs it for longer. */
class WitFuzzTest {

    private static final long SECONDS = Long.getLong("virga.fuzz.seconds", 3);

    static final String TEXT = """
            /// docs
            package a:b@1.2.3-rc.1;
            use c:d/e@0.1.0 as f;
            @since(version = 1.0.0)
            interface i {
              use f.{t as u, r};
              /** block */
              record rec { x: u, y: list<option<r>>, z: tuple<u8, char, list<f32, 4>> }
              variant v { a, b(result<_, rec>), c(map<string, bool>) }
              enum en { x, Y }
              flags fl { p, q }
              type al = stream<u8>;
              resource res {
                constructor(p: u32) -> result<res>;
                @unstable(feature = more) m: async func(a: borrow<res>) -> future<string>;
                s: static func() -> result;
              }
              %record: func(x: v, y: en, z: fl) -> al;
            }
            interface j { use i.{rec, res}; f: func(x: rec) -> res; }
            world w {
              import i;
              @external-id("x\\u{e9}") import k: j;
              import l: interface { use j.{rec}; g: func() -> rec; }
              include v with { h as hh };
              use i.{rec};
              resource own-one { m: func(); }
              type p = list<rec>;
              export j;
              export run: func(p: p);
            }
            world v { import h: func(); import c:d/e@0.1.0; export z: func(); }
            package c:d@0.1.0 { interface e { type t = u8; resource r; } }
            """;

    private static final List<String> PIECES = List.of("{", "}", "(", ")", "<", ">", ",", ";", ":", ".", "@", "/", "->",
            "%", "_", "=", "*", "/*", "*/", "//", "///", "\"", "\\", "\n", " ", "use ", "include ", "package ", "world ",
            "interface ", "import ", "export ", "type ", "record ", "resource ", "func()", "list<", "own<", "borrow<", "u8",
            "i", "rec", "res", "a:b", "c:d/e@0.1.0", "@since(version = 1.0.0)", "\u202e", "\ud800", "\u0000",
            "99999999999999999999", "1.0.0", "with { a as b }");

    @Test
    void theTextItselfIsGood() {
        assertEquals(2, Resolution.of(Features.ALL, new Source("a.wit", TEXT)).packages().size());
    }

    @Test
    void changedTextsGiveAResultOrAClearError() {
        Random random = new Random(7);
        int good = 0;
        int bad = 0;
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (good + bad < 1_000 || System.nanoTime() < end) {
            String text = changed(random);
            try {
                Resolution resolution = Resolution.of(Features.ALL, new Source("a.wit", text));
                good++;
                assertStable(resolution);
                assertTrue(errors(text).isEmpty(), text);
            } catch (WitException e) {
                bad++;
                assertTrue(errors(text).contains(e.problem()), text);
                assertTrue(e.line() >= 1 && e.column() >= 1, e.getMessage());
            }
        }
        assertTrue(good > bad / 100, good + " good and " + bad + " bad texts");
    }

    private static List<Problem> errors(String text) {
        return Resolution.problems(Features.ALL, List.of(List.of(new Source("a.wit", text))), List.of()).stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .toList();
    }

    /** What is printed parses to the same packages and prints the same. */
    private static void assertStable(Resolution resolution) {
        PackageName root = resolution.packages().getLast().name();
        String text = WitPrinter.print(resolution, root);
        Resolution again = Resolution.of(Features.ALL, new Source("printed.wit", text));
        assertEquals(resolution.packages().size(), again.packages().size(), text);
        for (Package expected : resolution.packages()) {
            assertEquals(expected, again.find(expected.name()).orElseThrow(), text);
        }
        assertEquals(text, WitPrinter.print(again, root));
    }

    static String changed(Random random) {
        List<String> tokens = new ArrayList<>(List.of(TEXT.split("(?<=\\W)|(?=\\W)")));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(5)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                case 3 -> tokens.set(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> {
                    int from = random.nextInt(tokens.size());
                    List<String> part = List.copyOf(
                            tokens.subList(from, Math.min(tokens.size(), from + 1 + random.nextInt(40))));
                    tokens.addAll(at, part);
                }
            }
        }
        return String.join("", tokens);
    }
}
