package dev.virga.host.workload;

import dev.virga.component.ExportedFunction;
import dev.virga.component.Watchdog;
import dev.virga.engine.Trap;
import dev.virga.link.Arguments;
import dev.virga.link.LinkCall;
import dev.virga.link.LinkException.Kind;
import dev.virga.link.LinkException;
import dev.virga.link.LinkFunction;
import dev.virga.link.LinkHandler;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.Span;
import dev.virga.telemetry.TraceContext;
import dev.virga.telemetry.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Answers calls from other hosts by an export of a component. */
record ServedInterface(
        WorkloadName workload,
        String name,
        Map<String, Served> functions,
        Entry entry,
        WorkloadBudget budget,
        Tracing tracing)
        implements LinkHandler {

    /** A function of it. */
    record Served(ExportedFunction function, LinkFunction codec) {}

    @Override
    public byte[] answer(LinkCall call, int most) {
        Served served = functions.get(call.function());
        if (served == null) {
            throw new LinkException(Kind.TYPE, name + " has no function of this name here");
        }
        if (!served.codec().fingerprint().equals(call.fingerprint())) {
            throw new LinkException(Kind.TYPE, "the function has another type here; build both ends from the same WIT");
        }
        Duration within = call.within().compareTo(entry.callTime()) < 0 ? call.within() : entry.callTime();
        Object result;
        // Before there is an instance, so that no garbage costs one.
        try (Arguments arguments = served.codec().decodeArguments(call.arguments(), budget)) {
            result = call(served, arguments.values(), call, within);
        }
        return served.codec().encodeResult(result, Math.min(most, budget.limits().plugins().messageBytes()));
    }

    private Object call(Served served, Object[] arguments, LinkCall call, Duration within) {
        Interruption interruption = new Interruption();
        String late = "the call's deadline of " + within.toMillis() + " ms has passed";
        try (Span span = tracing.linked(workload, name, call.function(), TraceContext.of(call.trace()::get));
                Watchdog _ = new Watchdog(within, () -> interruption.because(late))) {
            String id = call.requestId().isEmpty() ? UUID.randomUUID().toString() : call.requestId();
            return entry.call(
                    Caller.until(id, span, within),
                    within,
                    interruption::stops,
                    (instance, _) -> served.function().call(instance, arguments));
        } catch (WorkloadException.Busy e) {
            throw new LinkException(Kind.BUSY, e.getMessage());
        } catch (Trap e) {
            throw e.kind() == Trap.Kind.INTERRUPTED
                    ? new LinkException(Kind.DEADLINE, late)
                    : new LinkException(Kind.FAILED, "the component trapped: " + e.getMessage());
        } catch (LinkException e) {
            throw new LinkException(Kind.FAILED, e.getMessage()); // of a link that the component has itself
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new LinkException(Kind.FAILED, "the component failed"); // the host's text is not the caller's to see
        }
    }
}
