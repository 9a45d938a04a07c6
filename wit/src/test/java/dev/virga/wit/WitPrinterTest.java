package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WitPrinterTest {

    private static Resolution parse(String text) {
        return Resolution.of(Features.ALL, new Source("a.wit", text));
    }

    private static String print(Resolution resolution, String root) {
        return WitPrinter.print(resolution, resolution.packages().stream()
                .map(Package::name)
                .filter(n -> n.toString().equals(root))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void theTextIsInCanonicalForm() {
        String canonical = """
                /// all of it
                package %stream:b@1.0.0;

                /// one
                @since(version = 1.0.0)
                @deprecated(version = 1.0.0)
                interface one {
                  use dep:c/d@0.1.0.{t, r as q};
                  use two.{%list};

                  /// a record
                  ///
                  ///   indented
                  record rec {
                    /// a field
                    %type: t,
                    b: list<u8, 4>,
                  }

                  variant v {
                    a,
                    b(result<_, tuple<s8, rec>>),
                  }

                  enum e {
                    x,
                    Y,
                  }

                  flags f {
                    z,
                  }

                  type m = map<string, option<char>>;

                  resource empty;

                  resource res {
                    constructor(%from: borrow<q>);
                    get: async func() -> stream<u8>;
                    make: static func(a: res, b: q) -> result<future, error-context>;
                  }

                  resource fails {
                    constructor() -> result<fails>;
                  }

                  a: func();
                  b: func(x: f64) -> result;
                }

                interface two {
                  type %list = bool;

                  @unstable(feature = %world)
                  first: func();

                  @external-id("x\\"\\u{9}")
                  second: func();
                }

                world w {
                  import two;
                  import dep:c/d@0.1.0;
                  import three: two;
                  import four: interface {
                    use two.{%list};

                    f: func() -> %list;
                  }

                  use dep:c/d@0.1.0.{t};

                  record point {
                    x: t,
                  }

                  resource own-one {
                    m: func();
                  }

                  import f: func(p: point);

                  export run: func();
                  export one;
                }

                package dep:c@0.1.0 {
                  interface d {
                    resource r;

                    type t = u8;
                  }
                }
                """;
        assertEquals(canonical, print(parse(canonical), "stream:b@1.0.0"));
    }

    @Test
    void whatIsPrintedParsesToTheSameModel() {
        Resolution resolution = parse("""
                package a:b;
                world x { import g: func(); include y; }
                world y { export i; use i.{t}; import k: func(a: t); type u = list<t>; }
                interface i { use j.{r}; record t { a: borrow<r> } f: func(x: t, y: r); }
                interface j { resource r { constructor(); b: static func(); a: func(); } }
                package c:d { world z { include a:b/x; } }
                """);
        String text = print(resolution, "a:b");
        assertEquals(resolution, parse(text));
        assertEquals(text, print(parse(text), "a:b"));
    }
}
