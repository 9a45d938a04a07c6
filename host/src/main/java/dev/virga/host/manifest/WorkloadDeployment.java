package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;

/** Replicas that are replaced, a few at a time, when their template changes. */
@Ignores({"apiVersion", "kind", "status"})
public record WorkloadDeployment(
        @Field("Name, namespace, labels.") Metadata metadata,
        @Field("What runs, how often, and how it is replaced.") WorkloadDeploymentSpec spec,
        @Field(value = "What Virga adds, for each replica.", fallback = "{}") Settings virga)
        implements Manifest, Checked {

    @Override
    public void check(Report report) {
        WorkloadSpec workload = spec.template().spec();
        Report there = report.at("spec", "template", "spec");
        WorkloadChecks.check(workload, virga, there, report.at("virga"));
        WorkloadChecks.checkArtifacts(
                workload, spec.artifacts().stream().map(ArtifactReference::name).toList(), there);
    }
}
