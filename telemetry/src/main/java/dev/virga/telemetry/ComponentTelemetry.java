package dev.virga.telemetry;

import dev.virga.engine.Trap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one component of a workload. */
public final class ComponentTelemetry {

    final LongAdder calls = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder traps = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    private final WorkloadTelemetry workload;
    private final String name;

    ComponentTelemetry(WorkloadTelemetry workload, String name) {
        this.workload = workload;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** A call of one of its exports ended as it should. */
    public void called() {
        calls.increment();
    }

    /** A call ended without an answer for another reason than a trap or its deadline. */
    public void failed() {
        calls.increment();
        failures.increment();
    }

    public void trapped(Trap trap) {
        failed();
        traps.increment();
        TrapEvent.emit(workload.name(), name, trap);
    }

    /** @param trap by which it was stopped */
    public void timedOut(Trap trap) {
        failed();
        timeouts.increment();
        TrapEvent.emit(workload.name(), name, trap);
    }

    /** @param nanos how long it took to make the instance */
    public void instanceCreated(long nanos) {
        workload.created.increment();
        InstanceCreatedEvent.emit(workload.name(), name, nanos);
    }

    public void instanceClosed() {
        workload.gone.increment();
    }
}
