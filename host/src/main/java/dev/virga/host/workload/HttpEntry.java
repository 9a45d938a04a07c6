package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Watchdog;
import dev.virga.ingress.Exchange;
import dev.virga.ingress.Refusal;
import dev.virga.ingress.Route;
import dev.virga.ingress.Service;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.ServerRequest;
import dev.virga.telemetry.Span;
import dev.virga.telemetry.TraceContext;
import dev.virga.telemetry.Tracing;
import dev.virga.wasi.cli.ExitException;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.ResponseOutparam;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Answers HTTP requests by a component that exports {@code wasi:http/incoming-handler}. */
public final class HttpEntry implements Service {

    static final String HANDLER = "wasi:http/incoming-handler@0.2.0";

    /** What a request is like does not matter while nothing is traced. */
    private static final ServerRequest UNTRACED =
            new ServerRequest(new WorkloadName("", ""), "", "", "", "", 0, "");

    private static final int LOWEST_FAILURE = 400;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Entry entry;
    private final Tracing tracing;
    private final WorkloadName workload;
    private final MethodHandle handle;

    HttpEntry(Entry entry, Tracing tracing, WorkloadName workload) {
        this.entry = entry;
        this.tracing = tracing;
        this.workload = workload;
        ExportedFunction function = entry.prepared().function(HANDLER, "handle").orElseThrow();
        this.handle = function.handle(void.class, List.of(IncomingRequest.class, ResponseOutparam.class));
    }

    @Override
    public void serve(Exchange exchange) {
        try (Span span = span(exchange)) {
            entry.call(
                    Caller.until(exchange.requestId(), span, exchange.left()),
                    min(exchange.left(), entry.callTime()),
                    exchange::onInterrupt,
                    (instance, _) -> handle(instance, exchange.request(), exchange.answer()));
            span.status(exchange.status());
        } catch (ExitException e) {
            // an answer that was given before stands
        } catch (WorkloadException.Busy e) {
            exchange.refuse(new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, e.getMessage(), Optional.of(SOON)));
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Span span(Exchange exchange) {
        TraceContext incoming = TraceContext.of(name -> exchange.header(name).orElse(null));
        if (!tracing.on()) {
            return tracing.server(UNTRACED, incoming);
        }
        return tracing.server(
                new ServerRequest(
                        workload,
                        exchange.method(),
                        "http",
                        exchange.path(),
                        exchange.authority().orElse(""),
                        0,
                        exchange.route().map(Route::path).orElse("")),
                incoming);
    }

    /** Whether a request for this path is answered in time, with a status below 400. */
    public boolean isHealthy(String path, Duration timeout) {
        Probe probe = new Probe(path);
        Interruption interruption = new Interruption();
        try (Watchdog watchdog = new Watchdog(timeout, () -> interruption.because("the health check took too long"))) {
            entry.call(
                    new Caller("", Span.NONE), // of its own, for nobody else's deadline to stop it
                    timeout,
                    interruption::stops,
                    (instance, _) -> handle(instance, probe.request(), new ResponseOutparam(probe)));
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
