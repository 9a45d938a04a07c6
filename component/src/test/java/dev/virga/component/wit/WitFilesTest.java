package dev.virga.component.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Bytes;
import dev.virga.wit.Features;
import dev.virga.wit.Package;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.WitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitFilesTest {

    @TempDir
    Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void encode(String path, String name, Source... sources) throws IOException {
        Resolution all = Resolution.of(Features.ALL, sources);
        Package encoded = all.packages().stream().filter(p -> p.name().toString().equals(name)).findFirst().orElseThrow();
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, PackageWit.encode(all, encoded));
    }

    private List<String> packages() throws IOException {
        return WitFiles.read(root).resolve(Features.NONE).packages().stream().map(p -> p.name().toString()).toList();
    }

    @Test
    void aFolderIsOnePackageAndDepsHoldsTheOthers() throws IOException {
        write("a.wit", "interface a { use b.{t}; use file:dep/i.{u}; use folder:dep/j@1.0.0.{v}; }");
        write("b.wit", "package my:app; interface b { type t = u8; }");
        write("README.md", "not WIT");
        write("more/c.wit", "not WIT");
        write("deps/file.wit", "package file:dep; interface i { type u = u8; } package inline:dep { interface k {} }");
        write("deps/any-name/one.wit", "package folder:dep@1.0.0;");
        write("deps/any-name/two.wit", "interface j { type v = u8; }");
        write("deps/any-name/deps/three.wit", "not WIT");
        write("deps/.DS_Store", "not WIT");
        assertEquals(List.of("file:dep", "folder:dep@1.0.0", "my:app", "inline:dep"), packages());
        assertEquals("my:app", WitFiles.read(root).name().toString());
    }

    @Test
    void anEncodedDependencyIsLikeItsText() throws IOException {
        Source io = new Source("io.wit", "package w:io@1.0.0; interface poll { resource p; block: func(x: p); } interface z {}");
        Source clocks = new Source("clocks.wit", "package w:clocks; interface c { use w:io/poll@1.0.0.{p}; now: func() -> p; }");
        encode("deps/clocks.wasm", "w:clocks", io, clocks);
        write("a.wit", "package my:app; interface a { use w:clocks/c.{p}; use w:io/poll@1.0.0.{p as q}; } world w { import w:clocks/c; }");
        assertEquals(List.of("w:io@1.0.0", "w:clocks", "my:app"), packages());

        // What is known of w:io is only what w:clocks uses, until the package itself is there.
        write("b.wit", "world v { import w:io/z@1.0.0; }");
        assertThrows(WitException.class, this::packages);
        write("deps/io.wit", io.text());
        assertEquals(List.of("w:io@1.0.0", "w:clocks", "my:app"), packages());
    }

    @Test
    void whatSeveralEncodedPackagesKnowOfAnotherIsPutTogether() throws IOException {
        Source io = new Source("io.wit", "package w:io; interface a { type t = u8; } interface b { type u = u8; }");
        encode("deps/x.wasm", "x:x", io, new Source("x.wit", "package x:x; interface i { use w:io/a.{t}; }"));
        encode("deps/y.wasm", "y:y", io, new Source("y.wit", "package y:y; interface i { use w:io/b.{u}; use w:io/a.{t}; }"));
        write("a.wit", "package my:app; interface i { use w:io/a.{t}; use w:io/b.{u}; use x:x/i.{t as tt}; use y:y/i.{u as uu}; }");
        assertEquals(List.of("w:io", "x:x", "y:y", "my:app"), packages());
    }

    @Test
    void aFileHoldsAllThatItNeeds() throws IOException {
        write("a.wit", "package my:app; interface a { use x:y/i.{t}; } package x:y { interface i { type t = u8; } }");
        write("deps/other.wit", "package other:dep;");
        WitFiles files = WitFiles.read(root.resolve("a.wit"));
        assertEquals(2, files.resolve(Features.NONE).packages().size());
        assertEquals("my:app", files.name().toString());
    }

    @Test
    void whatCannotBeUsedIsNamed() throws IOException {
        assertThrows(IOException.class, () -> WitFiles.read(root.resolve("nowhere")));
        assertTrue(assertThrows(IOException.class, () -> WitFiles.read(root)).getMessage().contains("no .wit file"));
        write("a.wit", "interface a {}");
        assertTrue(assertThrows(WitException.class, () -> WitFiles.read(root).name()).getMessage().contains("a.wit:1:1"));
        Path dep = Files.createDirectories(root.resolve("deps")).resolve("c.wasm");
        Files.write(dep, Bytes.component().array());
        assertTrue(assertThrows(ComponentException.class, () -> WitFiles.read(root)).getMessage()
                .contains("c.wasm: a component, but not one that holds a WIT package"));
        Files.write(dep, new byte[] {1, 2, 3});
        assertTrue(assertThrows(ComponentException.class, () -> WitFiles.read(root)).getMessage().contains("c.wasm: "));
    }
}
