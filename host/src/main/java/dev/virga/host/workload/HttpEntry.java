package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.ingress.Exchange;
import dev.virga.ingress.Service;
import dev.virga.wasi.cli.ExitException;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.ResponseOutparam;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;

/** Answers HTTP requests by a component that exports {@code wasi:http/incoming-handler}. */
final class HttpEntry implements Service {

    static final String HANDLER = "wasi:http/incoming-handler@0.2.0";

    private final Entry entry;
    private final MethodHandle handle;

    HttpEntry(Entry entry) {
        this.entry = entry;
        ExportedFunction function = entry.prepared().function(HANDLER, "handle").orElseThrow();
        this.handle = function.handle(void.class, List.of(IncomingRequest.class, ResponseOutparam.class));
    }

    @Override
    public void serve(Exchange exchange) {
        Caller caller = new Caller(Long.toString(exchange.id()), Map.of());
        try {
            entry.call(caller, exchange::onInterrupt, instance -> serve(exchange, instance));
        } catch (ExitException e) {
            // an answer that was given before stands
        }
    }

    private Void serve(Exchange exchange, ComponentInstance instance) {
        try {
            handle.invokeExact(instance, exchange.request(), exchange.answer());
            return null;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the handler threw a checked exception", e);
        }
    }
}
