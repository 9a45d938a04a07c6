package dev.virga.component.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.validation.Suites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Components that toolchains made, each plugged into each that imports something of it. */
class RealCompositionTest {

    private static final Path COMPONENTS = Path.of("components");

    /** In an encoding that the other implementation no longer reads. */
    private static final String OUTDATED = "async-yield-callee-synchronous.wasm";

    private static List<Part> parts(String folder) {
        List<Part> parts = new ArrayList<>();
        for (Path file : Suites.files(Suites.folder(COMPONENTS.resolve(folder).toString()), ".wasm")) {
            parts.add(Part.of(file.getFileName().toString(), Suites.read(file)));
        }
        return parts;
    }

    /** What came of each pair: the names of the imports that are met, or the refusal. */
    private static Map<String, String> pairs(String folder) {
        List<Part> parts = parts(folder);
        Map<String, String> results = new TreeMap<>();
        for (Part root : parts) {
            for (Part plug : parts) {
                if (root.type().imports().keySet().stream().anyMatch(n -> plug.exports().find(n).isPresent())) {
                    results.put(root + " <- " + plug, pair(root, plug));
                }
            }
        }
        return results;
    }

    private static String pair(Part root, Part plug) {
        try {
            Composition made = Composition.of(root, List.of(CompositionTest.plug(plug)), "1");
            if (!plug.label().equals(OUTDATED)) {
                Oracle.assertValid(made.binary());
            }
            return String.join(" ", new TreeSet<>(
                    made.links().stream().map(Composition.Link::importName).toList()));
        } catch (ComponentException.Link e) {
            return e.getMessage();
        }
    }

    /** Its imports and exports come through every kind of type that there is. */
    @Test
    void everyComponentOfTheSuitesCanBeARoot() {
        int composed = 0;
        for (String suite : List.of("component-model", "wasmtime")) {
            for (Suites.Case script : Suites.cases(Suites.folder(suite))) {
                Part part;
                try {
                    part = Part.of(script.toString(), script.bytes());
                } catch (ComponentException e) {
                    continue;
                }
                Composition made = Composition.of(part, List.of(), "1");
                assertEquals(canonical(part.type().imports().keySet()), canonical(made.type().imports().keySet()));
                assertEquals(part.type().exports().keySet(), made.type().exports().keySet());
                composed++;
            }
        }
        assertTrue(composed > 500, "only " + composed);
    }

    private static Set<String> canonical(Set<String> names) {
        return names.stream().map(name -> new InterfaceName(name).canonical()).collect(Collectors.toSet());
    }

    @Test
    void componentsForWasi02AreComposed() {
        Map<String, String> pairs = pairs("wasi-0.2");
        assertEquals(
                "test:records/test", pairs.get("records.component.wasm <- records.component.wasm"));
        assertEquals(
                "test:dep/test@0.1.0 test:dep/test@0.2.0",
                pairs.get("versions.component.wasm <- versions.component.wasm"));
        assertEquals(
                "calvinrp:test-async-funcs/hello@0.1.0",
                pairs.get("simple-nested.component.wasm <- simple-nested-optimized.component.wasm"));
        List<String> refused = pairs.values().stream().filter(r -> r.contains("cannot")).toList();
        assertEquals(4, refused.size(), refused.toString());
        refused.forEach(r -> assertTrue(r.contains("\"toplevel-import\" of") && r.contains("uses the type \"thing\""), r));
    }

    @Test
    void asynchronousComponentsAreComposed() {
        Map<String, String> pairs = pairs("wasi-0.3");
        assertEquals("local:local/borrowing", pairs.get("async-borrowing-caller.wasm <- async-borrowing-callee.wasm"));
        assertEquals("local:local/unit-stream", pairs.get("async-unit-stream-caller.wasm <- async-unit-stream-callee.wasm"));
        assertEquals("foo", pairs.get("async-round-trip-direct-stackless.wasm <- async-round-trip-direct-stackless.wasm"));
        assertEquals("wasi:http/handler@0.3.0", pairs.get("p3-http-middleware.wasm <- p3-http-proxy.wasm"));
        assertTrue(pairs.size() > 15 && pairs.values().stream().noneMatch(r -> r.contains("cannot")), pairs.toString());
    }

    @Test
    void aChainOfMiddlewareSharesTheTypesOfHttp() {
        List<Part> parts = parts("wasi-0.3");
        Part middleware = parts.stream().filter(p -> p.label().equals("p3-http-middleware.wasm")).findFirst().orElseThrow();
        Part proxy = parts.stream().filter(p -> p.label().equals("p3-http-proxy.wasm")).findFirst().orElseThrow();
        Composition made = Composition.of(
                middleware,
                List.of(
                        CompositionTest.plug("wasi:http/handler", middleware),
                        CompositionTest.plug("wasi:http/handler@0.3.0", proxy)),
                "1");
        Oracle.assertValid(made.binary());
        assertEquals(2, made.links().size());
        assertEquals(
                1, made.type().imports().keySet().stream().filter(n -> n.startsWith("wasi:http/types")).count());
        assertTrue(made.type().imports().keySet().stream().noneMatch(n -> n.startsWith("wasi:http/handler")));
    }
}
