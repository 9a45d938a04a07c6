package dev.virga.host.workload;

import dev.virga.component.ExportedInterface;
import dev.virga.component.Watchdog;
import dev.virga.engine.Limiter;
import dev.virga.plugin.Guests;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Incoming;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.Span;
import dev.virga.telemetry.TraceContext;
import dev.virga.telemetry.Tracing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** Calls what a workload exports, for plugins. */
final class GuestCalls implements Guests {

    /** An interface that a component exports and a plugin calls. */
    private record Target<I>(Entry entry, ExportedInterface<I> exported) {

        static <I> Target<I> of(Entry entry, Handled<I> handled) {
            return new Target<>(entry, entry.prepared().exported(handled.name(), handled.api()));
        }
    }

    private final Map<Handled<?>, Target<?>> targets = new LinkedHashMap<>();
    private final Limiter limiter;
    private final Tracing tracing;
    private final WorkloadName workload;

    /**
     * @param entries of the components that export these interfaces
     * @param limiter charged for what plugins hold for the workload itself
     */
    GuestCalls(Map<Handled<?>, Entry> entries, Limiter limiter, Tracing tracing, WorkloadName workload) {
        this.limiter = limiter;
        this.tracing = tracing;
        this.workload = workload;
        entries.forEach((handled, entry) -> targets.put(handled, Target.of(entry, handled)));
    }

    @Override
    public boolean export(Handled<?> handled) {
        return targets.containsKey(handled);
    }

    @Override
    public Limiter limiter() {
        return limiter;
    }

    @Override
    @SuppressWarnings("unchecked") // put in with the type of its key
    public <I, R> R call(Handled<I> handled, Incoming cause, BiFunction<I, InstanceContext, R> call) {
        Target<I> target = (Target<I>) targets.get(handled);
        if (target == null) {
            throw new IllegalArgumentException("the workload does not export " + handled.name());
        }
        Duration callTime = target.entry().callTime();
        Caller caller = Caller.until(
                UUID.randomUUID().toString(),
                tracing.message(workload, cause.system(), cause.destination(), TraceContext.of(cause.context()::get)),
                callTime);
        Interruption interruption = new Interruption();
        try (Span span = caller.span();
                Watchdog watchdog = new Watchdog(
                        callTime, () -> interruption.because("the call took longer than " + callTime.toMillis() + " ms"))) {
            return target.entry()
                    .call(caller, callTime, interruption::stops, (instance, data) -> call.apply(target.exported().of(instance), data));
        } catch (WorkloadException.Busy e) {
            throw new PluginException.Unavailable(e.getMessage(), e);
        }
    }
}
