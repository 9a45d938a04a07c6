package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Borrow;
import dev.virga.component.type.ValueType.Own;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.component.validation.Suites;
import dev.virga.engine.Limiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Components that toolchains made and that need no WASI. */
class RealComponentsTest {

    private static Component load(String name) throws IOException {
        Path file = Suites.folder("components/wasi-0.2").resolve(name);
        return Component.load(Guests.ENGINE, Files.readAllBytes(file));
    }

    private static FunctionType type(Optional<dev.virga.component.type.ValueType> result, FunctionType.Param... params) {
        return new FunctionType(List.of(params), result, false);
    }

    private static Object run(Linker<Void> linker, Component component, String... path) {
        PreparedComponent<Void> prepared = linker.prepare(component);
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            return prepared.function(path).orElseThrow().call(instance);
        }
    }

    @Test
    void anExportedInterfacesFunctionIsCalled() throws IOException {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(load("adder.wasm"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            ExportedFunction add = prepared.function("docs:adder/add@0.1.9", "add").orElseThrow();
            assertEquals(42, add.call(instance, 40, 2));
        }
    }

    @Test
    void aStringGoesThroughEveryLayerOfANestedComponent() throws IOException {
        for (String name : List.of("simple-nested.component.wasm", "simple-nested-optimized.component.wasm")) {
            Linker<Void> linker = new Linker<Void>()
                    .define(
                            "calvinrp:test-async-funcs/hello@0.1.0",
                            new Offer.Instance(Map.of(
                                    "hello-world",
                                    new Offer.Func(type(Optional.of(Primitive.STRING)), _ -> "wörld"))));
            Object hello = run(linker, load(name), "calvinrp:test-async-funcs/hello@0.1.0", "hello-world");
            assertEquals("wörld", ((String) hello).substring(((String) hello).indexOf('w')), (String) hello);
        }
    }

    @Test
    void functionsOfAnInterfaceAreImportedAndCalled() throws IOException {
        Linker<Void> linker = new Linker<Void>()
                .define(
                        "something:test/test-interface",
                        new Offer.Instance(Map.of(
                                "call-async", new Offer.Func(type(Optional.of(Primitive.STRING)), _ -> "async"),
                                "call-sync", new Offer.Func(type(Optional.of(Primitive.STRING)), _ -> "sync"))));
        Component component = load("async_call.component.wasm");
        assertEquals("async", run(linker, component, "run-async"));
        assertEquals("sync", run(linker, component, "run-sync"));
    }

    @Test
    void aResourceImportedWithoutAnInterfaceIsLentAndDropped() throws IOException {
        Things.Thing thing = new Things.Thing(1);
        List<Object> lent = new ArrayList<>();
        Offer.Resource r = Offer.Resource.of("r", Things.Thing.class);
        Linker<Void> linker = new Linker<Void>()
                .define("r", r)
                .define("[constructor]r", new Offer.Func(type(Optional.of(new Own(r.type()))), _ -> thing))
                .define(
                        "test",
                        new Offer.Func(
                                type(Optional.empty(), new FunctionType.Param("r", new Borrow(r.type()))), args -> {
                                    lent.add(args[0]);
                                    return null;
                                }));
        run(linker, load("resource-borrow-simple.component.wasm"), "test-imports");
        assertSame(thing, lent.getFirst());
        assertEquals(1, thing.closed);
    }
}
