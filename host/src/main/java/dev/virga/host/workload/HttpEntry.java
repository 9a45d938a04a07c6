package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.ingress.Exchange;
import dev.virga.ingress.Service;
import dev.virga.wasi.cli.ExitException;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.ResponseOutparam;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Answers HTTP requests by a component that exports {@code wasi:http/incoming-handler}. */
public final class HttpEntry implements Service {

    static final String HANDLER = "wasi:http/incoming-handler@0.2.0";

    private static final int LOWEST_FAILURE = 400;

    private final Entry entry;
    private final MethodHandle handle;

    HttpEntry(Entry entry) {
        this.entry = entry;
        ExportedFunction function = entry.prepared().function(HANDLER, "handle").orElseThrow();
        this.handle = function.handle(void.class, List.of(IncomingRequest.class, ResponseOutparam.class));
    }

    @Override
    public void serve(Exchange exchange) {
        Map<String, String> trace =
                exchange.traceparent().map(t -> Map.of("traceparent", t)).orElse(Map.of());
        try {
            entry.call(
                    new Caller(exchange.requestId(), trace),
                    exchange::onInterrupt,
                    instance -> handle(instance, exchange.request(), exchange.answer()));
        } catch (ExitException e) {
            // an answer that was given before stands
        }
    }

    /** Whether a request for this path is answered in time, with a status below 400. */
    public boolean isHealthy(String path, Duration timeout) {
        Probe probe = new Probe(path);
        Interruption interruption = new Interruption();
        try (Deadline deadline = new Deadline(timeout, () -> interruption.because("the health check took too long"))) {
            entry.call(
                    Caller.NOBODY,
                    interruption::stops,
                    instance -> handle(instance, probe.request(), new ResponseOutparam(probe)));
        } catch (ExitException e) {
            // as above
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return false;
        }
        return probe.status() > 0 && probe.status() < LOWEST_FAILURE;
    }

    private Void handle(ComponentInstance instance, IncomingRequest request, ResponseOutparam answer) {
        try {
            handle.invokeExact(instance, request, answer);
            return null;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the handler threw a checked exception", e);
        }
    }
}
