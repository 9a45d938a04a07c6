package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.virga.CapabilityRefused")
@Label("Capability Refused")
@Category({"Virga", "Workload"})
@Description("A component asked for something that it was not granted")
@StackTrace(false)
final class CapabilityRefusedEvent extends Event {

    @Label("Namespace")
    String namespace;

    @Label("Workload")
    String workload;

    @Label("Component")
    String component;

    @Label("Kind")
    String kind;

    @Label("Target")
    String target;

    static void emit(WorkloadName workload, String component, String kind, String target) {
        CapabilityRefusedEvent event = new CapabilityRefusedEvent();
        if (event.shouldCommit()) {
            event.namespace = workload.namespace();
            event.workload = workload.name();
            event.component = component;
            event.kind = kind;
            event.target = target;
            event.commit();
        }
    }
}
