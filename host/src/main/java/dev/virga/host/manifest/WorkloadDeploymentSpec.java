package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import java.util.List;
import java.util.Optional;

/** Replicas and how they are replaced. */
public record WorkloadDeploymentSpec(
        @Field(value = "How many run.", fallback = "1") int replicas,
        @Field(value = "How old replicas give way to new ones.", fallback = "RollingUpdate") DeployPolicy deployPolicy,
        @Field("Artifacts that images name as artifact://NAME.") List<ArtifactReference> artifacts,
        @Field("For clusters.") Optional<KubernetesSettings> kubernetes,
        @Field("What each replica is.") WorkloadTemplate template)
        implements Checked {

    @Override
    public void check(Report report) {
        WorkloadChecks.unique(artifacts, ArtifactReference::name, "artifact", report, "artifacts");
    }
}
