package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import java.util.List;

/** Which requests come to a workload. */
public record Ingress(
        @Field("By host and path; of several that fit, the longest host and then the longest path wins.")
                List<Route> routes)
        implements Checked {

    @Override
    public void check(Report report) {
        WorkloadChecks.unique(routes, route -> route.host() + " " + route.path(), "route", report, "routes");
    }
}
