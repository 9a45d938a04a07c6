package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static List<String> problems(String... texts) {
        List<Source> files = Stream.iterate(0, i -> i < texts.length, i -> i + 1)
                .map(i -> new Source((char) ('a' + i) + ".wit", texts[i]))
                .toList();
        return Resolution.problems(Features.ALL, List.of(files), List.of()).stream().map(Problem::toString).toList();
    }

    private static void assertProblems(List<String> found, String... beginnings) {
        assertEquals(beginnings.length, found.size(), String.join("\n", found));
        for (int i = 0; i < beginnings.length; i++) {
            assertTrue(found.get(i).startsWith(beginnings[i]), found.get(i));
        }
    }

    @Test
    void aGoodTextHasNone() {
        assertEquals(List.of(), problems("package a:b; interface i { f: func(); }"));
    }

    @Test
    void everyMalformedItemOfEveryFileIsReported() {
        assertProblems(problems("""
                package a:b;
                interface i {
                  f: func(;
                  g: func() -> u8
                  h: func();
                  record r { x u8 }
                  resource s { m func(); n: func(); constructor(x:); }
                  enum e {}
                }
                interface 5 { f: func(; }
                world w { import i; export ; include }
                """, """
                interface j { type t = list<; # }
                wurld w {}
                interface k { type t = "x
                """),
                "a.wit:3:11: expected a parameter's name",
                "a.wit:5:3: expected ';' after the function's type",
                "a.wit:6:16: expected ':'",
                "a.wit:7:18: expected ':'",
                "a.wit:7:51: expected a type",
                "a.wit:9:1: an empty enum",
                "a.wit:10:11: expected the interface's name",
                "a.wit:11:28: expected the name of an interface",
                "a.wit:11:38: expected the name of an interface",
                "b.wit:1:29: expected a type",
                "b.wit:1:31: unexpected character '#'",
                "b.wit:2:1: expected 'interface'",
                "b.wit:3:24: this string is not closed");
    }

    @Test
    void aBlockWithoutAnEndIsReportedOnce() {
        assertProblems(problems("package a:b; world w { import i: interface { f: func( "),
                "a.wit:1:55: expected a parameter's name");
        assertProblems(problems("package a:b; interface i { /* "), "a.wit:1:28: this comment is never closed");
        assertProblems(problems("package a:b; } } interface i { f func(); }"),
                "a.wit:1:14: expected 'interface'", "a.wit:1:16: expected 'interface'", "a.wit:1:34: expected ':'");
    }

    @Test
    void everyItemThatDoesNotFitIsReportedButNotWhatItBringsWithIt() {
        assertProblems(problems("""
                package a:b;
                use nowhere;
                interface i {
                  type a = missing;
                  type b = list<a>;
                  record r { x: b }
                  f: func(x: r);
                  f: func();
                  resource s { m: func(x: lost); m: func(); constructor() -> u8; }
                  enum e { x, X }
                }
                interface j {
                  use i.{a, s};
                  use nothing.{c as d};
                  use i.{z};
                  g: func(x: a, y: d, z: s) -> z;
                  h: func() -> nope;
                }
                world w {
                  use i.{a};
                  import j;
                  import k;
                  import f: func(x: a);
                  import g: func(x: missing-too);
                  include v with { q as p };
                  export inline: interface { use i.{y}; f: func(x: y); }
                }
                world v { include w; import i; import i; }
                """),
                "a.wit:2:5: the package a:b has no 'nowhere'",
                "a.wit:4:12: there is no type 'missing'",
                "a.wit:8:3: the name 'f' is there twice",
                "a.wit:9:27: there is no type 'lost'",
                "a.wit:9:34: the name 'm' is there twice",
                "a.wit:9:45: a constructor gives 's'",
                "a.wit:10:15: the name 'X' is there twice",
                "a.wit:14:7: the package a:b has no 'nothing'",
                "a.wit:15:10: the interface a:b/i has no type 'z'",
                "a.wit:17:16: there is no type 'nope'",
                "a.wit:22:10: the package a:b has no 'k'",
                "a.wit:24:21: there is no type 'missing-too'",
                "a.wit:25:20: the included world has no import or export of the plain name 'q'",
                "a.wit:26:37: the interface a:b/i has no type 'y'",
                "a.wit:28:19: 'a:b/w' depends on itself",
                "a.wit:28:39: the name 'a:b/i' is there twice");
    }

    /** The examples of WIT.md, "Rules for feature gate usage", and more of their kind. */
    @Test
    void itemsThatAreThereWithoutWhatTheyNeedAreWarnedOf() {
        assertProblems(problems("""
                package a:b@1.1.0;
                @since(version = 1.0.0) use i as k;
                interface i {
                  @since(version = 1.0.1) type t1 = u32;
                  type t2 = list<t1>;
                  @since(version = 1.0.0) f: func(x: t1);
                  @since(version = 1.0.1) g: func(x: t1);
                  @unstable(feature = x) h: func(x: t1);
                }
                @since(version = 1.0.2)
                interface j {
                  foo: func();
                  @since(version = 1.0.1) bar: func();
                  @since(version = 1.0.2) baz: func();
                  @since(version = 1.1.0) resource r { m: func(); @since(version = 1.1.0) n: func(); }
                }
                world w {
                  import j;
                  use i.{t1 as t};
                  @since(version = 1.0.1) use i.{t1};
                  export run: func(x: t1);
                  @unstable(feature = x) include v;
                }
                @unstable(feature = x) world v { import i; @unstable(feature = x) import e: func(); }
                """),
                "a.wit:2:29: warning: a gate before a top-level 'use' has no effect",
                "a.wit:5:18: warning: 't1' is gated, so what refers to it needs @since(version = 1.0.1) or later too",
                "a.wit:6:38: warning: 't1' is gated",
                "a.wit:12:3: warning: this is part of something that is gated, so it needs @since(version = 1.0.2)",
                "a.wit:13:27: warning: this is part of",
                "a.wit:15:40: warning: this is part of something that is gated, so it needs @since(version = 1.1.0)",
                "a.wit:18:10: warning: 'j' is gated",
                "a.wit:19:10: warning: 't1' is gated",
                "a.wit:21:23: warning: 't1' is gated",
                "a.wit:24:34: warning: this is part of something that is gated, so it needs @unstable(feature = x)");
        assertProblems(problems("package a:b; @unstable(feature = x) interface i {}"),
                "a.wit:1:47: warning: a package with feature gates needs a version");
    }

    @Test
    void aUseOfNothingIsWarnedOf() {
        assertProblems(problems("package a:b; interface i { use j.{}; } interface j {}"),
                "a.wit:1:36: warning: this 'use' names no type");
    }

    @Test
    void thereIsALimit() {
        String text = "package a:b; interface i {" + " f func();".repeat(1_000) + "}";
        assertEquals(Problems.MAX, problems(text).size());
    }
}
