package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitErrorTest {

    private static WitException failure(String text) {
        return assertThrows(WitException.class, () -> Resolution.of(Features.NONE, new Source("a.wit", text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', commentCharacter = '~', textBlock = """
            package a:b                                                   | ';' or '{' after the package's name, found the end of the file
            package a;                                                    | ':' after the namespace
            package A:b;                                                  | must be in lower case
            package a:b@1.2;                                              | '1.2' is no semantic version
            package a:b; package c:d;                                     | names its package once
            package a:b { package c:d {} }                                | cannot stand inside another
            package a:b:c;                                                | gated feature
            interface i {}                                                | no file here names the package
            package a:b; interface i { f: func() }                        | ';' after the function's type, found '}'
            package a:b; interface i { f: func(record: u8); }             | write %record to use it as a name
            package a:b; interface record {}                              | write %record to use it as a name
            package a:b; interface i { f: func(x: nope); }                | no type 'nope'
            package a:b; interface i { f: func(x: u8, X: u8); }           | twice in the parameters
            package a:b; interface i { type t = t; }                      | contains itself
            package a:b; interface i { record r { x: q } record q { x: option<r> } } | contains itself
            package a:b; interface i { record r {} }                      | empty record
            package a:b; interface i { type t = tuple<>; }                | at least one type
            package a:b; interface i { type t = map<f32, u8>; }           | type of a map's keys
            package a:b; interface i { type t = list<u8, 0>; }            | between 1 and
            package a:b; interface i { type t = list<u8, 99999999999>; }  | between 1 and
            package a:b; interface i { type t = borrow<u>; type u = u8; } | only a resource can be owned or borrowed
            package a:b; interface i { type t = own<u>; type u = u8; }    | only a resource can be owned or borrowed
            package a:b; package c:d {} package c:d {}                    | defined twice here
            package a:b; use i;                                           | has no 'i'
            package a:b; world w {} use w as v;                           | only interfaces can be used
            package a:b@1.0.0; @unstable(feature = x) interface i { f: func(); } | must be @unstable too
            // nothing                                                    | no file here names the package
            package a:b; interface i { resource r { r: func(); } }        | cannot have its name
            package a:b; interface i { resource r { constructor(); constructor(); } } | two constructors
            package a:b; interface i { resource r { constructor() -> u8; } } | a constructor gives 'r'
            package a:b; interface i { resource r; f: func() -> list<borrow<r>>; } | borrowed handle
            package a:b; interface i { use i.{t}; }                       | depends on itself
            package a:b; interface i { use j.{t}; } interface j { use i.{t}; } | depends on itself
            package a:b; interface i { use c:d/e.{t}; }                   | the package c:d is not known
            package a:b; interface i { use a:b/e@1.0.0.{t}; }             | there is a:b
            package a:b; interface i { use k.{t}; }                       | has no 'k'
            package a:b; interface i { } interface I { }                  | twice
            package a:b; interface i { a: func(); A: func(); }            | twice
            package a:b; world w { import i; }                            | has no 'i'
            package a:b; world w { import w; }                            | is a world, not an interface
            package a:b; world w { include w; }                           | depends on itself
            package a:b; world w { import c:d; }                          | name of an interface or world after the package
            package a:b; world w { import f: func(); import f: func(); }  | twice in this world
            package a:b; world v { import f: func(); } world w { include v with { g as h } } | no import or export of the plain name 'g'
            package a:b; interface i {} world v { import i; } world w { include v with { i as h } } | no import or export of the plain name 'i'
            package a:b; @since(version = 1.0.0) interface i {}           | need a package with a version
            package a:b@1.0.0; @since(version = 1.0.1) interface i {}     | only at 1.0.0
            package a:b@1.0.0; @since(version = 1.0.0) @unstable(feature = x) interface i {} | not both
            package a:b@1.0.0; @deprecated(version = 1.0.0) interface i {} | needs @since or @unstable
            package a:b; @nope(version = 1.0.0) interface i {}            | unknown annotation
            package a:b; @external-id("x") interface i {}                 | belongs to
            package a:b; interface i { type t = u8; #                     | unexpected character '#'
            package a:b; interface i { a-B-aB: func(); }                  | is no name
            package a:b; /* /* */                                         | never closed
            package a:b; world w { @external-id("x                        | not closed on its line
            package a:b; interface i { use c:d/e/f.{g}; }                 | gated feature
            package a:b; interface i { use j.{}; }                        | has no 'j'
            package a:b; world w { use j.{}; }                            | has no 'j'
            package a:b; world w { include v with {}; } world v {}        | replaces no name
            package a:b; interface i { resource r; f: func(x: stream<borrow<r>>); } | cannot carry a borrowed handle
            package a:b; interface i { resource r; type t = future<tuple<borrow<r>>>; } | cannot carry a borrowed handle
            package a:b; interface i { type c = char; f: func(x: stream<c>); } | a stream of char
            package a:b; world w { import a: b/c; }                       | ';' after the interface
            """)
    void mistakesAreNamed(String text, String message) {
        WitException e = failure(text);
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().startsWith("a.wit:" + e.line() + ":" + e.column() + ": "), e.getMessage());
    }

    @Test
    void thePositionIsThatOfTheMistake() {
        WitException e = failure("package a:b;\n\ninterface i {\n  /* \u00e9\ud83d\ude00 */ f func();\n}\n");
        assertEquals("a.wit:4:14: expected ':' and a function's type after 'f', found the keyword 'func'",
                e.getMessage());
    }

    @Test
    void charactersThatMisleadReadersAreRefused() {
        assertTrue(failure("package a:b; // \u202e").getMessage().contains("U+202E"));
        assertTrue(failure("package a:b; // \u0000").getMessage().contains("U+0000"));
        assertTrue(failure("package a:b; // \ud800").getMessage().contains("U+D800"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        WitException e = assertThrows(WitException.class, () -> Source.of("a.wit", new byte[] {'a', (byte) 0xff}));
        assertTrue(e.getMessage().contains("not UTF-8"));
    }

    @Test
    void aWorldMustNotNeedAnInterfaceBothWays() {
        assertTrue(failure("""
                package a:b;
                interface a { type t = u32; }
                interface b { use a.{t}; }
                interface c { use a.{t}; use b.{t as t2}; }
                world w { export a; export c; }
                """).getMessage().contains("both as an import and as an export"));
    }

    @Test
    void deepNestingIsAnError() {
        String type = "list<".repeat(100_000) + "u8" + ">".repeat(100_000);
        assertTrue(failure("package a:b; interface i { type t = " + type + "; }").getMessage().contains("deeper"));

        StringBuilder chain = new StringBuilder("package a:b; interface i { type t0 = u8;");
        for (int i = 1; i < 10_000; i++) {
            chain.append("type t").append(i).append(" = option<t").append(i - 1).append(">;");
        }
        assertTrue(failure(chain + "}").getMessage().contains("deeper"));

        StringBuilder uses = new StringBuilder("package a:b; interface i0 { type t = u8; }");
        for (int i = 1; i < 10_000; i++) {
            uses.append("interface i" + i + " { use i" + (i - 1) + ".{t as u}; use i0.{t}; }");
        }
        assertTrue(failure(uses.toString()).getMessage().contains("steps"));
    }

    @Test
    void typesOfExponentialSizeAreAnError() {
        StringBuilder text = new StringBuilder("package a:b; interface i { type t0 = u8;");
        for (int i = 1; i < 60; i++) {
            text.append("type t" + i + " = tuple<t" + (i - 1) + ", t" + (i - 1) + ">;");
        }
        assertTrue(failure(text + "}").getMessage().contains("parts when written out"));
    }

    @Test
    void worldsOfQuadraticSizeAreAnError() {
        StringBuilder text = new StringBuilder("package a:b; world w0 {");
        for (int i = 0; i < 20_000; i++) {
            text.append("import g" + i + ": func();");
        }
        text.append("}");
        for (int i = 1; i < 1_000; i++) {
            text.append("world w" + i + " { include w0; }");
        }
        assertTrue(failure(text.toString()).getMessage().contains("too large"));
    }

    @Test
    void aPackageThatSeveralFoldersBringMustBeTheSame() {
        Source one = new Source("one.wit", "package a:one; package s:s@1.0.0-rc.1 { interface i { type t = u8; } }");
        Source same = new Source("same.wit",
                "package a:two; /* more */ package s:s@1.0.0-rc.1 {\n  interface i { type t = u8; } // here\n}");
        Source other = new Source("other.wit", "package a:two; package s:s@1.0.0-rc.1 { interface i { type t = u16; } }");
        assertEquals(3, Resolution.of(Features.NONE, one, same).packages().size());
        WitException e = assertThrows(WitException.class, () -> Resolution.of(Features.NONE, one, other));
        assertTrue(e.getMessage().contains("also defined in one.wit"), e.getMessage());
    }
}
