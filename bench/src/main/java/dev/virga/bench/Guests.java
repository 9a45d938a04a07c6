package dev.virga.bench;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.HostInterface;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.wit.Features;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;

/** The components that are measured, prepared once. */
final class Guests {

    private static final Interface HOST = Resolution.of(Features.ALL, new Source("host.wit", """
                    package bench:calls@1.0.0;
                    interface host {
                      add: func(a: u32, b: u32) -> u32;
                    }
                    """))
            .packages()
            .getFirst()
            .findInterface("host")
            .orElseThrow();

    private static final Engine ENGINE = Engines.open(System.getProperty("engine", "native"));

    static final PreparedComponent<Host> CALLS = prepare("calls");
    static final PreparedComponent<Host> ASYNC_CALLS = prepare("async-calls");
    static final PreparedComponent<Host> STREAMS = prepare("streams");

    /** What the component's own calls of the host call. */
    public static class Host {
        public int add(int a, int b) {
            return a + b;
        }
    }

    private Guests() {}

    private static PreparedComponent<Host> prepare(String name) {
        try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
            Linker<Host> linker = new Linker<Host>().define(HostInterface.of(HOST, Host.class, (Host host) -> host));
            return linker.prepare(Component.load(ENGINE, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ComponentInstance instantiate(PreparedComponent<Host> component) {
        return component.instantiate(new Host(), Limiter.UNLIMITED);
    }

    static MethodHandle handle(PreparedComponent<Host> component, Type result, List<Type> params, String... path) {
        return component.function(path).orElseThrow().handle(result, params);
    }
}
