package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("dev.virga.Request")
@Label("Request")
@Category({"Virga", "Workload"})
@Description("A request was answered; the time it took is from its head to the end of the answer")
@StackTrace(false)
final class RequestEvent extends Event {

    @Label("Namespace")
    String namespace;

    @Label("Workload")
    String workload;

    @Label("Route")
    String route;

    @Label("Status")
    int status;

    @Label("Time Taken")
    @Timespan(Timespan.NANOSECONDS)
    long nanos;

    static void emit(WorkloadName workload, String route, int status, long nanos) {
        RequestEvent event = new RequestEvent();
        if (event.shouldCommit()) {
            event.namespace = workload.namespace();
            event.workload = workload.name();
            event.route = route;
            event.status = status;
            event.nanos = nanos;
            event.commit();
        }
    }
}
