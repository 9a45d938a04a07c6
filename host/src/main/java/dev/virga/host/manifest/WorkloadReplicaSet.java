package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;

/** A number of equal workloads. */
@Ignores({"apiVersion", "kind", "status"})
public record WorkloadReplicaSet(
        @Field("Name, namespace, labels.") Metadata metadata,
        @Field("What runs, and how often.") WorkloadReplicaSetSpec spec,
        @Field(value = "What Virga adds, for each replica.", fallback = "{}") Settings virga)
        implements Manifest, Checked {

    @Override
    public void check(Report report) {
        WorkloadSpec workload = spec.template().spec();
        Report there = report.at("spec", "template", "spec");
        WorkloadChecks.check(workload, virga, there, report.at("virga"));
        WorkloadChecks.checkNoArtifacts(workload, kind(), there);
    }
}
