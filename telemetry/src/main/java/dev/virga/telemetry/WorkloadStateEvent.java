package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.virga.WorkloadState")
@Label("Workload State")
@Category({"Virga", "Workload"})
@Description("A workload went from one state to another")
@StackTrace(false)
final class WorkloadStateEvent extends Event {

    @Label("Namespace")
    String namespace;

    @Label("Workload")
    String workload;

    @Label("From")
    String from;

    @Label("To")
    String to;

    @Label("Reason")
    String reason;

    static void emit(WorkloadName workload, String from, String to, String reason) {
        WorkloadStateEvent event = new WorkloadStateEvent();
        if (event.shouldCommit()) {
            event.namespace = workload.namespace();
            event.workload = workload.name();
            event.from = from;
            event.to = to;
            event.reason = reason;
            event.commit();
        }
    }
}
