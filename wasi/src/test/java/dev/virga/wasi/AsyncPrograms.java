package dev.virga.wasi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.Linker;
import dev.virga.component.Offer;
import dev.virga.component.PreparedComponent;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.wasi.io.DirectOutput;
import dev.virga.wasi.io.MemoryInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs of the public conformance suite, linked with what they import, and all that they opened. */
final class AsyncPrograms implements AutoCloseable {

    private static final Engine ENGINE = new PortableEngine(Optional.empty());
    private static final Map<String, Component> LOADED = new ConcurrentHashMap<>();

    /** The specification's own tests want these to trap, and the runtime library of some programs does them. */
    private static final List<String> OLD = List.of(
            "cannot cancel a copy of a stream synchronously while the handle is in a waitable set",
            "a buffer of 4294967295 elements is too long");

    private final WasiContext context = new WasiContext(
            WasiGrants.NONE,
            new Stdio(
                    new MemoryInput(new byte[0]),
                    new DirectOutput(OutputStream.nullOutputStream()),
                    new DirectOutput(OutputStream.nullOutputStream()),
                    Terminals.NONE),
            WasiLimits.standard(),
            new Diagnostics(_ -> {}));
    private final List<ComponentInstance> instances = new ArrayList<>();

    /** An instance and what its functions are. */
    record Program(PreparedComponent<WasiContext> prepared, ComponentInstance instance) {

        Object call(String... path) {
            return call(List.of(path));
        }

        Object call(List<String> path, Object... arguments) {
            try {
                return prepared.function(path.toArray(String[]::new)).orElseThrow().call(instance, arguments);
            } catch (Trap e) {
                throw OLD.stream().anyMatch(e.getMessage()::contains)
                        ? new TestAbortedException("the program is older than a rule of the specification: " + e.getMessage())
                        : e;
            }
        }

        /** An exported interface, for another program to import. */
        Offer offer(String name, String... functions) {
            Map<String, Offer> exports = new LinkedHashMap<>();
            for (String function : functions) {
                var exported = prepared.function(name, function).orElseThrow();
                exports.put(function, new Offer.Func(exported.type(), args -> exported.call(instance, args)));
            }
            return new Offer.Instance(exports);
        }
    }

    Program start(String name, Map<String, Offer> imports) {
        Linker<WasiContext> linker = new Linker<>();
        WasiLinker.define(linker, Function.identity());
        imports.forEach(linker::define);
        PreparedComponent<WasiContext> prepared = linker.prepare(LOADED.computeIfAbsent(name, AsyncPrograms::load));
        ComponentInstance instance = prepared.instantiate(context, Limiter.UNLIMITED);
        instances.add(instance);
        return new Program(prepared, instance);
    }

    private static Component load(String name) {
        try {
            return Component.load(ENGINE, Files.readAllBytes(suite().resolve(name + ".wasm")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path suite() {
        Optional<Path> found = Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/conformance/components/wasi-0.3"))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(found.isPresent(), "skipped: no shared/conformance in any folder above this checkout");
        return found.get();
    }

    /** A function whose parameters have these names. */
    static Offer.Func function(
            boolean async,
            Map<String, ValueType> params,
            Optional<ValueType> result,
            Function<Object[], Object> body) {
        List<FunctionType.Param> named = new ArrayList<>();
        params.forEach((name, type) -> named.add(new FunctionType.Param(name, type)));
        return new Offer.Func(new FunctionType(named, result, async), body);
    }

    @Override
    public void close() {
        instances.reversed().forEach(ComponentInstance::close);
        context.close();
    }
}
