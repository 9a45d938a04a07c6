package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.virga.ServiceRestart")
@Label("Service Restart")
@Category({"Virga", "Workload"})
@Description("A service ended and was started again")
@StackTrace(false)
final class ServiceRestartEvent extends Event {

    @Label("Namespace")
    String namespace;

    @Label("Workload")
    String workload;

    @Label("Attempt")
    int attempt;

    @Label("Reason")
    String reason;

    static void emit(WorkloadName workload, int attempt, String reason) {
        ServiceRestartEvent event = new ServiceRestartEvent();
        if (event.shouldCommit()) {
            event.namespace = workload.namespace();
            event.workload = workload.name();
            event.attempt = attempt;
            event.reason = reason;
            event.commit();
        }
    }
}
