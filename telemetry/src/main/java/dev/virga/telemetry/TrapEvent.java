package dev.virga.telemetry;

import dev.virga.engine.Trap;
import dev.virga.plugin.WorkloadName;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.virga.Trap")
@Label("Trap")
@Category({"Virga", "Workload"})
@Description("A component trapped or was stopped")
@StackTrace(false)
final class TrapEvent extends Event {

    @Label("Namespace")
    String namespace;

    @Label("Workload")
    String workload;

    @Label("Component")
    String component;

    @Label("Kind")
    String kind;

    @Label("Backtrace")
    @Description("What happened, and the guest's functions, innermost first")
    String backtrace;

    static void emit(WorkloadName workload, String component, Trap trap) {
        TrapEvent event = new TrapEvent();
        if (event.shouldCommit()) {
            event.namespace = workload.namespace();
            event.workload = workload.name();
            event.component = component;
            event.kind = trap.kind().text();
            event.backtrace = trap.describe();
            event.commit();
        }
    }
}
