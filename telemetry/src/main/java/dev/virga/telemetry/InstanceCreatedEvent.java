package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("dev.virga.InstanceCreated")
@Label("Instance Created")
@Category({"Virga", "Workload"})
@Description("An instance of a component was made")
@StackTrace(false)
final class InstanceCreatedEvent extends Event {

    @Label("Namespace")
    String namespace;

    @Label("Workload")
    String workload;

    @Label("Component")
    String component;

    @Label("Time Taken")
    @Timespan(Timespan.NANOSECONDS)
    long nanos;

    static void emit(WorkloadName workload, String component, long nanos) {
        InstanceCreatedEvent event = new InstanceCreatedEvent();
        if (event.shouldCommit()) {
            event.namespace = workload.namespace();
            event.workload = workload.name();
            event.component = component;
            event.nanos = nanos;
            event.commit();
        }
    }
}
