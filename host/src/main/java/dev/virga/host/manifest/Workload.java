package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;

/** Components, and perhaps a service, that run together on one host. */
@Ignores({"apiVersion", "kind", "status"})
public record Workload(
        @Field("Name, namespace, labels.") Metadata metadata,
        @Field("What runs.") WorkloadSpec spec,
        @Field(value = "What Virga adds.", fallback = "{}") Settings virga)
        implements Manifest, Checked {

    @Override
    public void check(Report report) {
        WorkloadChecks.check(spec, virga, report.at("spec"), report.at("virga"));
        WorkloadChecks.checkNoArtifacts(spec, kind(), report.at("spec"));
    }
}
