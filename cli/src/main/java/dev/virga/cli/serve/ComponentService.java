package dev.virga.cli.serve;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.ingress.Exchange;
import dev.virga.ingress.ServeLog;
import dev.virga.ingress.Service;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.Harmless;
import dev.virga.wasi.LineOutput;
import dev.virga.wasi.Stdio;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import dev.virga.wasi.cli.ExitException;
import dev.virga.wasi.http.HttpLinker;
import dev.virga.wasi.http.HttpSender;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.ResponseOutparam;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Supplier;

/** Answers each request with a fresh instance of a component that exports {@code wasi:http/incoming-handler}. */
public final class ComponentService implements Service {

    private static final String HANDLER = "wasi:http/incoming-handler@0.2.0";
    private static final int MAX_LINE = 8 * 1024;

    /**
     * What instances are given.
     *
     * @param limiter makes the limiter of one instance's memory
     * @param diagnostics of all instances together
     * @param log takes what guests write to standard output and error
     */
    public record Setting(
            WasiGrants grants, WasiLimits limits, Supplier<Limiter> limiter, Diagnostics diagnostics, ServeLog log) {}

    /** A component, ready to be instantiated. */
    private record Handler(Engine engine, PreparedComponent<WasiContext> prepared, MethodHandle handle) {}

    private final Setting setting;
    private final Linker<WasiContext> linker;
    private volatile Handler handler;

    /**
     * @param linker offers WASI; {@code wasi:http} is added to it
     * @param fieldLimit how many bytes one set of headers or trailers may hold
     * @param sender sends the guests' own requests; the caller closes it
     * @throws dev.virga.component.ComponentException.Link if an import is not met
     * @throws NoHandlerException if the component handles no HTTP requests
     */
    public ComponentService(
            Component component, Linker<WasiContext> linker, Setting setting, int fieldLimit, HttpSender sender) {
        HttpLinker.define(linker, fieldLimit, sender);
        this.setting = setting;
        this.linker = linker;
        use(component);
    }

    /**
     * Answers requests with this component from now on; those under way go on as they began. Throws as
     * the constructor does, and then nothing has changed.
     */
    public void use(Component component) {
        PreparedComponent<WasiContext> prepared = linker.prepare(component);
        ExportedFunction function = prepared.function(HANDLER, "handle")
                .orElseThrow(() -> new NoHandlerException("it does not export " + HANDLER
                        + ", so it cannot be served; a command is run with `virga run`"));
        MethodHandle handle = function.handle(void.class, List.of(IncomingRequest.class, ResponseOutparam.class));
        handler = new Handler(component.engine(), prepared, handle);
    }

    @Override
    public void serve(Exchange exchange) {
        Handler current = handler;
        Limiter limiter = setting.limiter().get();
        try (LineOutput out = lines("stdout [" + exchange.id() + "] :: ");
                LineOutput err = lines("stderr [" + exchange.id() + "] :: ");
                WasiContext context =
                        new WasiContext(setting.grants(), Stdio.of(out, err), setting.limits(), setting.diagnostics());
                Store store = current.engine().newStore(limiter)) {
            exchange.onInterrupt(store::interrupt);
            serve(exchange, current.handle(), current.prepared().instantiate(context, limiter, store));
        }
    }

    /** With a prefix, so that lines of guests that run at the same time can be told apart. */
    private LineOutput lines(String prefix) {
        return new LineOutput(MAX_LINE, line -> setting.log().line(prefix + Harmless.text(line)));
    }

    private static void serve(Exchange exchange, MethodHandle handle, ComponentInstance instance) {
        try {
            handle.invokeExact(instance, exchange.request(), exchange.answer());
        } catch (ExitException e) {
            // an answer that was given before stands
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the handler threw a checked exception", e);
        } finally {
            close(instance);
        }
    }

    /** What a guest leaves behind is closed in no order of its own, which is no fault of it. */
    private static void close(ComponentInstance instance) {
        try {
            instance.close();
        } catch (Trap e) {
            // a stream that outlived its body, for example; all is closed nevertheless
        }
    }
}
