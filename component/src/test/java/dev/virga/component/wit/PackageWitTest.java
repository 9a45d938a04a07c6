package dev.virga.component.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.wit.Features;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.WitException;
import dev.virga.wit.WitPrinter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackageWitTest {

    private static Resolution parse(String text) {
        return Resolution.of(Features.ALL, new Source("a.wit", text));
    }

    private static byte[] encode(String text) {
        Resolution packages = parse(text);
        return PackageWit.encode(packages, packages.packages().getLast());
    }

    private static ComponentType type(ComponentType of, String export) {
        return (ComponentType) ((ExternDesc.Type) of.exports().get(export)).type();
    }

    /** The first example of WIT.md, "Package Format". */
    @Test
    void interfacesAreComponentTypesThatExportAnInstance() {
        ComponentType all = ComponentValidator.validate(ComponentDecoder.decode(encode("""
                package local:demo;
                interface types {
                  resource file {
                    read: func(off: u32, n: u32) -> list<u8>;
                    write: func(off: u32, bytes: list<u8>);
                  }
                }
                interface namespace {
                  use types.{file};
                  open: func(name: string) -> file;
                }
                """)));
        assertEquals(List.of("types", "namespace"), List.copyOf(all.exports().keySet()));
        ComponentType types = type(all, "types");
        assertEquals(0, types.imports().size());
        InstanceType instance = ((ExternDesc.Instance) types.exports().get("local:demo/types")).type();
        assertEquals(List.of("file", "[method]file.read", "[method]file.write"), List.copyOf(instance.exports().keySet()));
        ComponentType namespace = type(all, "namespace");
        InstanceType imported = ((ExternDesc.Instance) namespace.imports().get("local:demo/types")).type();
        assertEquals(List.of("file"), List.copyOf(imported.exports().keySet()));
        assertEquals(List.of("local:demo/namespace"), List.copyOf(namespace.exports().keySet()));
    }

    @Test
    void worldsAreComponentTypesThatExportAComponent() {
        ComponentType all = ComponentValidator.validate(ComponentDecoder.decode(encode("""
                package local:demo@1.0.0;
                interface store { resource bucket { constructor(name: string); } }
                world w {
                  @external-id("//One") import one: store;
                  import two: store;
                  export run: func();
                  export store;
                }
                """)));
        assertEquals(List.of("store", "w"), List.copyOf(all.exports().keySet()));
        ComponentType world =
                ((ExternDesc.Component) type(all, "w").exports().get("local:demo/w@1.0.0")).type();
        assertEquals(List.of("one", "two"), List.copyOf(world.imports().keySet()));
        assertEquals(List.of("run", "local:demo/store@1.0.0"), List.copyOf(world.exports().keySet()));
    }

    /** An export uses what is exported, where it is; WIT.md, "Transitive imports and worlds". */
    @Test
    void whatIsEncodedIsReadAgain() {
        String text = """
                package root:pkg@0.1.0;

                interface b {
                  use dep:one/types.{r, pair as couple};
                  use a.{size};

                  type sizes = list<size>;

                  type other = r;

                  f: async func(x: borrow<r>, y: couple, z: other) -> result<sizes, error-context>;
                }

                interface a {
                  type size = u32;

                  type alike = u32;

                  record one {
                    x: size,
                  }

                  record two {
                    x: size,
                  }
                }

                world w {
                  import dep:one/types;
                  import a;
                  import b;
                  @external-id("é")
                  import c: b;
                  import d: interface {
                    use a.{one};

                    f: func() -> one;
                  }

                  use a.{size};

                  type p = tuple<size, size>;

                  resource own-one {
                    constructor();
                    m: func(p: p);
                  }

                  import g: func(x: own-one);

                  export run: func() -> p;
                  export a;
                  export b;
                }

                package dep:one {
                  interface types {
                    resource r;

                    record pair {
                      left: r,
                      right: r,
                    }
                  }
                }
                """;
        PackageWit read = PackageWit.of(encode(text)).orElseThrow();
        assertEquals("root:pkg@0.1.0", read.name().toString());
        assertSameButForOrder(parse(text), read);
    }

    @Test
    void anyPackageIsReadAgain() {
        Random random = new Random(5);
        long end = System.nanoTime() + Long.getLong("virga.fuzz.seconds", 3) * 1_000_000_000L;
        int valid = 0;
        for (int round = 0; round < 100 || System.nanoTime() < end; round++) {
            String text = RandomWit.text(random);
            Resolution packages;
            try {
                packages = parse(text);
            } catch (WitException e) {
                continue;
            }
            valid++;
            Package root = packages.packages().stream()
                    .filter(p -> p.name().namespace().equals("root")).findFirst().orElseThrow();
            PackageWit read = PackageWit.of(PackageWit.encode(packages, root)).orElseThrow();
            assertSameButForOrder(packages, read);
            assertEquals(read.packages(), parse(read.text()), text);
        }
        assertTrue(valid > 50, "only " + valid + " valid packages");
    }

    /** Interfaces are written behind those that they use. */
    private static void assertSameButForOrder(Resolution expected, PackageWit read) {
        assertEquals(sorted(expected, read.name()), sorted(read.packages(), read.name()));
    }

    private static String sorted(Resolution packages, PackageName name) {
        Package of = packages.find(name).orElseThrow();
        List<Interface> interfaces = of.interfaces().stream().sorted(Comparator.comparing(i -> i.id().name())).toList();
        return WitPrinter.print(new Package(of.name(), of.docs(), interfaces, of.worlds()));
    }

    /** In the place, and of the form, that other tools know. */
    @Test
    void docsAndGatesAreKeptInASectionOfTheirOwn() {
        byte[] binary = encode("""
                /// of the \"package\"
                package a:b@1.0.0;
                @since(version = 0.1.0)
                interface i {
                  @since(version = 0.1.0) @deprecated(version = 1.0.0) f: func();
                  @unstable(feature = x) g: func();
                  record r { /// of x
                    x: u8 }
                }
                /// of w
                world w {
                  /// of i
                  import i;
                  @since(version = 1.0.0) import one: i;
                  export l: interface { /// of f
                    f: func(); }
                }
                """);
        var section = ComponentDecoder.decode(binary).customs().getFirst();
        assertEquals("package-docs", section.name());
        assertEquals("\u0001" + """
                {"docs":"of the \\"package\\"","worlds":{"w":{"docs":"of w",\
                "interface_import_stability":{"one":{"stable":{"since":"1.0.0"}}},\
                "interface_import_docs":{"a:b/i@1.0.0":"of i"},\
                "interface_exports":{"l":{"funcs":{"f":{"docs":"of f"}}}}}},\
                "interfaces":{"i":{"stability":{"stable":{"since":"0.1.0"}},\
                "funcs":{"f":{"stability":{"stable":{"since":"0.1.0","deprecated":"1.0.0"}}},\
                "g":{"stability":{"unstable":{"feature":"x"}}}},\
                "types":{"r":{"items":{"x":"of x"}}}}}}""",
                new String(binary, section.start(), section.end() - section.start(), StandardCharsets.UTF_8));
    }

    @Test
    void docsThatCannotBeReadAreLeftOut() {
        for (String json : List.of("", "\u0001", "\u0002{}", "\u0001[]", "\u0001{\"docs\":1}", "\u0001{\"docs\":\"x\"} x",
                "\u0001" + "{\"a\":".repeat(100_000), "\u0001{\"docs\":\"\\u00", "\u0001{\"docs\":\"\\q\"}")) {
            assertEquals("package a:b;\n\ninterface i {}\n", withDocs(json).text(), json);
        }
        String hostile = "\u0001{\"docs\":\"a\\r\\u202eb\\ud800 \\n c\",\"interfaces\":{\"i\":{\"stability\":"
                + "{\"unstable\":{\"feature\":\"no feature\",\"deprecated\":\"1.0.0\"}}},\"j\":{}}}";
        assertEquals("/// a \uFFFDb\uFFFD\n///  c\npackage a:b;\n\ninterface i {}\n", withDocs(hostile).text());
    }

    private static PackageWit withDocs(String section) {
        byte[] content = section.getBytes(StandardCharsets.UTF_8);
        byte[] binary = Bytes.component()
                .then(Bytes.of(toInts(encode("package a:b; interface i {}"), 8)))
                .section(0, new Bytes().name("package-docs").then(toInts(content, 0)))
                .array();
        return PackageWit.of(binary).orElseThrow();
    }

    private static int[] toInts(byte[] bytes, int from) {
        return IntStream.range(from, bytes.length).map(i -> bytes[i]).toArray();
    }

    @Test
    void aComponentThatIsNoPackageIsToldFromOne() {
        assertEquals(Optional.empty(), PackageWit.of(Bytes.component().array()));
        // (component (type (component (export "a:b/c" (type (sub resource))))) (export "c" (type 0)))
        byte[] resource = Bytes.component()
                .section(Bytes.TYPES, 1, Bytes.of(0x41, 1, 4, 0).name("a:b/c").then(3, 1))
                .section(Bytes.EXPORTS, 1, Bytes.of(0).name("c").then(3, 0, 0))
                .array();
        assertEquals(Optional.empty(), PackageWit.of(resource));
    }

    @Test
    void changedBytesGiveAPackageOrAClearError() {
        Random random = new Random(3);
        byte[] good = encode(RandomWit.text(new Random(1)));
        long end = System.nanoTime() + Long.getLong("virga.fuzz.seconds", 3) * 1_000_000_000L;
        for (int round = 0; round < 300 || System.nanoTime() < end; round++) {
            byte[] binary = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                binary[8 + random.nextInt(binary.length - 8)] = (byte) random.nextInt();
            }
            try {
                PackageWit.of(binary).ifPresent(PackageWit::text);
            } catch (ComponentException e) {
                assertTrue(!e.getMessage().isEmpty());
            }
        }
    }

    @Test
    void packagesThatGrowBeyondAllBoundsAreRefused() {
        StringBuilder text = new StringBuilder("package a:b; interface i { type t = u8; ");
        for (int i = 0; i < 1_000; i++) {
            text.append("m").append(i).append(": func(); ");
        }
        text.append("}");
        for (int i = 0; i < 1_000; i++) {
            text.append("world w").append(i).append(" { import i; }");
        }
        String message = assertThrows(ComponentException.Unsupported.class, () -> encode(text.toString())).getMessage();
        assertTrue(message.contains("written out"), message);
    }
}
