package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolutionTest {

    private static Resolution resolve(String... files) {
        Source[] sources = new Source[files.length];
        for (int i = 0; i < files.length; i++) {
            sources[i] = new Source("file" + i + ".wit", files[i]);
        }
        return Resolution.of(Features.NONE, sources);
    }

    private static Interface interfaceOf(Resolution resolution, String id) {
        return resolution.findInterface(Id.parse(id).orElseThrow()).orElseThrow();
    }

    private static World worldOf(Resolution resolution, String id) {
        return resolution.findWorld(Id.parse(id).orElseThrow()).orElseThrow();
    }

    private static List<String> names(List<World.Item> items) {
        return items.stream().map(World.Item::name).toList();
    }

    @Test
    void everyKindOfTypeIsRead() {
        Interface all = interfaceOf(resolve("""
                package a:b@1.2.3-rc.1+build.5;
                interface all {
                  record r { x: u8, y: list<r2>, }
                  record r2 { s: string }
                  variant v { none, some(tuple<s8, char>) }
                  enum e { one, TWO }
                  flags f { a, b }
                  type t = map<string, option<f32>>;
                  type u = list<u8, 16>;
                  type w = result<_, e>;
                  type s = stream<u8>;
                  type fu = future;
                  type ec = error-context;
                  run: async func(p: result<s64, f64>, %type: bool) -> result;
                }
                """), "a:b/all@1.2.3-rc.1+build.5");

        assertEquals(List.of("r2", "r", "v", "e", "f", "t", "u", "w", "s", "fu", "ec"),
                all.types().stream().map(TypeDef::name).toList());
        assertEquals(new TypeDef.Kind.Alias(new Type.FixedList(Type.Primitive.U8, 16)),
                all.findType("u").orElseThrow().kind());
        assertEquals(new TypeDef.Kind.Alias(new Type.MapOf(Type.Primitive.STRING, new Type.Option(Type.Primitive.F32))),
                all.findType("t").orElseThrow().kind());
        assertEquals(new TypeDef.Kind.Alias(new Type.Future(Optional.empty())),
                all.findType("fu").orElseThrow().kind());
        Function run = all.findFunction("run").orElseThrow();
        assertTrue(run.async());
        assertEquals(List.of("p", "type"), run.params().stream().map(Function.Param::name).toList());
        assertEquals(Optional.of(new Type.Result(Optional.empty(), Optional.empty())), run.result());
    }

    @Test
    void resourceFunctionsGetTheirComponentNamesAndImplicitTypes() {
        Interface blobs = interfaceOf(resolve("""
                package a:b;
                interface blobs {
                  merge: func(a: borrow<blob>) -> blob;
                  resource blob {
                    constructor(init: list<u8>);
                    write: func(bytes: list<u8>);
                    join: static func(a: borrow<blob>) -> blob;
                  }
                  resource fallible { constructor() -> result<fallible, string>; }
                }
                """), "a:b/blobs");
        TypeDef blob = blobs.findType("blob").orElseThrow();

        assertEquals(List.of("[constructor]blob", "[method]blob.write", "[static]blob.join",
                        "[constructor]fallible", "merge"),
                blobs.functions().stream().map(Function::externName).toList());
        assertEquals(Optional.of(new Type.Named(blob)),
                blobs.findFunction("[constructor]blob").orElseThrow().result());
        assertEquals(new Function.Param("self", new Type.Borrow(blob)),
                blobs.findFunction("[method]blob.write").orElseThrow().params().getFirst());
    }

    @Test
    void usedTypesKeepTheirOriginAcrossFilesAndPackages() {
        Resolution resolution = Resolution.of(Features.NONE, List.of(
                List.of(
                        new Source("one.wit", "package a:one;\nuse b:two/types@1.0.0 as t;\ninterface x { use t.{r as q}; use y.{z}; }"),
                        new Source("two.wit", "interface y { type z = u8; }")),
                List.of(new Source("b.wit", "package b:two@1.0.0; interface types { resource r; }"))));
        Interface types = interfaceOf(resolution, "b:two/types@1.0.0");
        Interface x = interfaceOf(resolution, "a:one/x");

        assertSame(types.findType("r").orElseThrow(), x.findType("q").orElseThrow().origin());
        assertTrue(x.findType("q").orElseThrow().isResource());
        assertEquals(List.of("b:two@1.0.0", "a:one"),
                resolution.packages().stream().map(p -> p.name().toString()).toList());
    }

    @Test
    void nestedPackagesAreResolvedWithTheirFile() {
        Resolution resolution = resolve("""
                package root:pkg;
                package dep:a { interface i { type t = u8; } }
                package dep:b@0.1.0 { interface j { use dep:a/i.{t}; } }
                interface k { use dep:b/j@0.1.0.{t}; }
                """);
        assertEquals(3, resolution.packages().size());
        assertEquals("root:pkg", resolution.packages().getLast().name().toString());
        assertEquals(Id.parse("dep:a/i").orElseThrow(),
                interfaceOf(resolution, "root:pkg/k").findType("t").orElseThrow().origin().owner());
    }

    @Test
    void fallbacksAreTakenWhereThereIsNothingElse() {
        Source root = new Source("a.wit", "package a:b; interface i { use c:d/e.{t}; use f:g/h.{u}; }");
        Source known = new Source("c.wit", "package c:d; interface e { type t = u8; }");
        List<Source> fallbacks = List.of(
                new Source("x.wasm", "package c:d; interface other {}"),
                new Source("y.wasm", "package f:g; interface h { type u = u8; }"));
        Resolution packages = Resolution.of(Features.NONE, List.of(List.of(root), List.of(known)), fallbacks);
        assertEquals(List.of("c:d", "f:g", "a:b"), packages.packages().stream().map(p -> p.name().toString()).toList());
        assertEquals(Optional.empty(), packages.findInterface(Id.parse("c:d/other").orElseThrow()));
        assertEquals("a:b", root.packageName().orElseThrow().toString());
    }

    @Test
    void worldsListWhatTheirInterfacesUse() {
        World w = worldOf(resolve("""
                package a:b;
                interface types { resource r; }
                interface user { use types.{r}; get: func() -> r; }
                interface other { use types.{r}; }
                world w {
                  export user;
                  import log: func(s: string);
                  use other.{r};
                  import mine: interface { use types.{r}; f: func(x: r); }
                  record point { x: u32 }
                  export run: func() -> point;
                  import alt: user;
                }
                """), "a:b/w");
        assertEquals(List.of("a:b/types", "mine", "alt", "a:b/other", "r", "point", "log"), names(w.imports()));
        assertEquals(List.of("run", "a:b/user"), names(w.exports()));
    }

    @Test
    void anExportUsesAnotherExportWhereThereIsOne() {
        World w = worldOf(resolve("""
                package a:b;
                interface types { resource r; }
                interface user { use types.{r}; }
                world w { export user; export types; }
                """), "a:b/w");
        assertEquals(List.of(), names(w.imports()));
        assertEquals(List.of("a:b/types", "a:b/user"), names(w.exports()));
    }

    @Test
    void includeJoinsWorldsAndRenamesPlainNames() {
        World w = worldOf(resolve("""
                package a:b;
                interface i { f: func(); }
                world one { import i; import a: func(); export e: func(); type t = u8; import g: func(x: t); }
                world two { import i; import a: i; }
                world w { include one; include two with { a as c } }
                """), "a:b/w");
        assertEquals(List.of("a:b/i", "c", "t", "a", "g"), names(w.imports()));
        assertEquals(List.of("e"), names(w.exports()));
        World.Item.Type type = (World.Item.Type) w.findImport("t").orElseThrow();
        assertEquals(w.id(), type.type().owner());
    }

    @Test
    void includeRenamesTypesWhereverTheIncludedWorldRefersToThem() {
        World w = worldOf(resolve("""
                package a:b;
                interface i { type t = u8; }
                world one {
                  use i.{t};
                  resource r { m: func() -> t; }
                  export f: func(x: borrow<r>);
                }
                world two { include one with { r as s, t as u } }
                world w { type r = string; include two with { s as q } }
                """), "a:b/w");
        assertEquals(List.of("a:b/i", "u", "r", "q", "[method]q.m"), names(w.imports()));
        World.Item.Func f = (World.Item.Func) w.exports().getFirst();
        World.Item.Type q = (World.Item.Type) w.findImport("q").orElseThrow();
        assertEquals(new Type.Borrow(q.type()), f.function().params().getFirst().type());
    }

    @Test
    void spaceBesideAColonTellsANameFromAPackage() {
        World w = worldOf(resolve("""
                package a:b;
                interface i {}
                world w { import a: i; import b :i; import c : i; export d:func(); import a:b/i; export e:interface {} }
                """), "a:b/w");
        assertEquals(List.of("a", "b", "c", "a:b/i"), names(w.imports()));
        assertEquals(List.of("d", "e"), names(w.exports()));
    }

    @Test
    void unstableItemsAreThereOnlyWithTheirFeature() {
        String text = """
                package a:b@1.1.0;
                interface i {
                  @since(version = 1.0.0) a: func();
                  @unstable(feature = new-things) b: func();
                  @since(version = 1.0.0) @deprecated(version = 1.1.0) c: func();
                }
                """;
        Id id = Id.parse("a:b/i@1.1.0").orElseThrow();
        Interface without = Resolution.of(Features.NONE, new Source("f", text)).findInterface(id).orElseThrow();
        Interface with = Resolution.of(Features.of("new-things"), new Source("f", text)).findInterface(id).orElseThrow();
        assertEquals(List.of("a", "c"), without.functions().stream().map(Function::name).toList());
        assertEquals(List.of("a", "b", "c"), with.functions().stream().map(Function::name).toList());
        assertEquals(Version.parse("1.1.0"), with.findFunction("c").orElseThrow().annotations().gate().deprecated());
    }

    @Test
    void docCommentsAreKept() {
        Interface i = interfaceOf(resolve("""
                /// the package
                package a:b;
                // no doc
                /// first
                ///   indented
                interface i {
                  /** block
                   *  more
                   */
                  record r {
                    /// field
                    x: u8,
                  }
                  /* /* nested */ no doc */
                  f: func();
                }
                """), "a:b/i");
        assertEquals("first\n  indented", i.annotations().docs());
        TypeDef r = i.findType("r").orElseThrow();
        assertEquals("block\n more", r.annotations().docs());
        assertEquals("field", ((TypeDef.Kind.Record) r.kind()).fields().getFirst().docs());
        assertEquals("", i.functions().getFirst().annotations().docs());
    }

    @Test
    void externalIdsAreKept() {
        World w = worldOf(resolve("""
                package a:b;
                interface store { @external-id("x\\u{e9}\\22\\n") get: func(); }
                world w { @external-id("//One") import one: store; }
                """), "a:b/w");
        World.Item.Renamed one = (World.Item.Renamed) w.imports().getFirst();
        assertEquals(Optional.of("//One"), one.annotations().externalId());
        assertEquals(Optional.of("x\u00e9\"\n"), one.type().functions().getFirst().annotations().externalId());
    }
}
