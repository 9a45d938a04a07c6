package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WitFormatterTest {

    private static String format(String text) {
        return WitFormatter.format(new Source("a.wit", text));
    }

    private static void assertFormatted(String expected, String text) {
        assertEquals(expected, format(text));
        assertEquals(expected, format(expected));
    }

    @Test
    void everyConstructHasItsPlace() {
        assertFormatted("""
                package a:b@1.0.0-rc.1+b.2;

                use c:d/e@0.1.0 as f;
                use g;

                @since(version = 1.0.0)
                @deprecated(version = 1.0.0)
                interface i {
                  use f.{t as u, r};
                  record rec {
                    x: u,
                    %type: tuple<u8, list<f32, 4>>,
                  }
                  variant v {
                    a,
                    b(result<_, rec>),
                    c(map<string, bool>),
                  }
                  enum en {
                    x,
                    Y,
                  }
                  flags fl {
                    p,
                  }
                  type al = stream<u8>;
                  resource res {
                    constructor(p: u32) -> result<res>;
                    @unstable(feature = more)
                    m: async func(a: borrow<res>) -> future;
                    s: static async func() -> result;
                  }
                  resource empty {}
                  resource none;
                  @external-id("x\\"y")
                  %record: func(x: v, y: en);
                }

                world w {
                  import i;
                  import j: c:d/e@0.1.0;
                  import k: i;
                  import c:d/e@0.1.0;
                  import l: interface {
                    f: func();
                  }
                  include v with { h as hh, i as ii }
                  include a:b/v;
                  export run: func(p: u8) -> u8;
                }

                package c:d@0.1.0 {
                  interface e {}

                  world x {}
                }
                """, """
                package a : b @ 1.0.0-rc.1+b.2 ;use c:d/e@0.1.0 as f;
                use g;@since(version=1.0.0)@deprecated( version = 1.0.0 )interface i{use f.{t as u,r,};record rec{x:u,%type:tuple<u8,
                list<f32,4>>} variant v{a,b(result<_,rec>),c(map<string,bool>)}enum en{x,Y} flags
                fl{p,}type al=stream<u8>;resource res{constructor(p:u32)->result<res>;@unstable(feature=more)m:async func(a:borrow<res>)
                ->future;s:static async func()->result;}resource empty{}resource none;@external-id("x\\"y")%record:func(x:v,y:en,);}
                world w{import i;import j : c:d/e@0.1.0;import k :i;import c:d/e@0.1.0;import l:interface{f:func();}
                include v with{h as hh,i as ii};include a:b/v;export run:func(p:u8)->u8;}
                package c:d@0.1.0{interface e{}world x{}}
                """);
    }

    @Test
    void commentsStayWhereTheyAre() {
        assertFormatted("""
                // about this file

                /// the package
                package a:b; // behind it

                // a group of its own

                /* block */
                /// doc
                interface i { // opened
                  /// first
                  ///   indented
                  a: func(); // trails a
                  // leads b
                  b: func(); /* trails b */ // too

                  /**
                   * starred
                   */
                  record r {
                    // in front
                    x: u8, // trails x
                    /// of y
                    y: u8, // trails y

                    // at the end
                  } // behind r
                  /* leads c */
                  c: func();
                  // last
                } // closed

                // the end
                """, """
                // about this file\s\s

                /// the package
                package a:b;// behind it

                // a group of its own


                /* block */ /// doc
                interface i{// opened
                      /// first
                      ///   indented
                      a:func(); // trails a
                // leads b
                b: func(); /* trails b */ // too

                      /**
                       * starred
                       */
                      record r {

                        // in front
                        x: u8 // trails x
                        , /// of y
                        y: u8 // trails y

                        // at the end
                        } // behind r
                      /* leads c */ c: func();
                      // last
                      } // closed

                // the end
                """);
    }

    @Test
    void commentsWithinAnItemKeepTheirPlaceInIt() {
        assertFormatted("""
                interface i {
                  f: /* a */ func(
                    // before x
                    x: /* b */ u8, // behind x
                    /// doc of y
                    y: result<
                      // ok
                      u8, /* err */ u16>,
                    // none further
                  ) /* c */ -> u8; // d
                  type t =
                    // e
                    u8;
                  g: func(
                    /* nothing */
                  );
                }
                """, """
                interface i {
                  f: /* a */ func( // before x
                    x: /* b */ u8, // behind x
                    /// doc of y
                    y: result<
                    // ok
                    u8, /* err */ u16>
                    // none further
                  ) /* c */ -> u8; // d
                  type t =
                  // e
                  u8;
                  g: func(/* nothing */);
                }
                """.replace("func( // before x", "func(\n// before x").replace("(/* nothing */)", "(\n/* nothing */\n)"));
    }

    @Test
    void blankLinesGroupItems() {
        assertFormatted("""
                package a:b;

                use c;

                use d;

                interface i {
                  a: func();

                  b: func();
                  c: func();
                }

                @since(version = 1.0.0)
                interface j {}

                interface k {}
                """, """

                package a:b;
                use c;


                use d;
                interface i {


                  a: func();



                  b: func();
                  c: func();


                }
                @since(version = 1.0.0)

                interface j {

                }
                interface k {}

                """);
    }

    @Test
    void longListsAreBrokenAndShortOnesAreNot() {
        assertFormatted("""
                interface i {
                  use wasi:filesystem/types@0.2.0.{
                    descriptor,
                    descriptor-flags,
                    descriptor-stat,
                    descriptor-type,
                    error,
                  };
                  open-at: func(
                    path-flags: path-flags,
                    path: string,
                    open-flags: open-flags,
                    %flags: descriptor-flags,
                  ) -> result<descriptor, error-code>;
                  this-line-has-one-hundred-characters: func(abcdefghij: list<u8>, klmnopqrst: tuple<u8, u8>);
                  short: func(a: u8, b: u8);
                }
                """, """
                interface i {
                  use wasi:filesystem/types@0.2.0.{descriptor, descriptor-flags, descriptor-stat, descriptor-type, error};
                  open-at: func(path-flags: path-flags, path: string, open-flags: open-flags, %flags: descriptor-flags) -> result<descriptor, error-code>;
                  this-line-has-one-hundred-characters: func(abcdefghij: list<u8>, klmnopqrst: tuple<u8, u8>);
                  short: func(
                    a: u8,

                    b: u8,
                  );
                }
                """);
    }

    @Test
    void lineBreaksStayOfTheirKind() {
        assertEquals("interface i {\r\n  a: func(); // x\r\n}\r\n", format("interface i {\r\n a: func(); // x\r\n}"));
        assertEquals("interface i {\n  a: func();\n}\n", format("\uFEFFinterface i {\n a: func();\r\n}"));
    }

    @Test
    void nothingStaysNothing() {
        assertEquals("", format(""));
        assertEquals("", format("\n \n"));
        assertFormatted("// only a comment\n", " // only a comment");
    }

    @Test
    void whatIsMalformedIsRefused() {
        WitException e = assertThrows(WitException.class, () -> format("interface i {\n  f: func()\n}"));
        assertEquals("a.wit:3:1: expected ';' after the function's type, found '}'", e.getMessage());
    }
}
