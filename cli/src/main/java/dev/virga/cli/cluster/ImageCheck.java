package dev.virga.cli.cluster;

import dev.virga.host.control.ControlException;
import dev.virga.host.manifest.Artifact;
import dev.virga.host.manifest.ConfigMap;
import dev.virga.host.manifest.ImageReference;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.Secret;
import dev.virga.host.manifest.Workload;
import dev.virga.host.manifest.WorkloadComponent;
import dev.virga.host.manifest.WorkloadDeployment;
import dev.virga.host.manifest.WorkloadReplicaSet;
import dev.virga.host.manifest.WorkloadService;
import dev.virga.host.manifest.WorkloadSpec;
import java.util.stream.Stream;

/** Finds images that a cluster's hosts cannot have. */
final class ImageCheck {

    private ImageCheck() {}

    /** @throws ControlException.Refused if an image is a file of this machine */
    static void check(Manifest manifest) {
        images(manifest)
                .map(ImageReference::text)
                .filter(image -> image.startsWith("file:"))
                .findFirst()
                .ifPresent(image -> {
                    throw new ControlException.Refused(manifest.id() + ": a cluster's hosts cannot see " + image
                            + "; push it to a registry and name it there");
                });
    }

    private static Stream<ImageReference> images(Manifest manifest) {
        return switch (manifest) {
            case Workload workload -> images(workload.spec());
            case WorkloadReplicaSet set -> images(set.spec().template().spec());
            case WorkloadDeployment deployment -> images(deployment.spec().template().spec());
            case Artifact artifact -> Stream.of(artifact.spec().image());
            case ConfigMap _, Secret _ -> Stream.empty();
        };
    }

    private static Stream<ImageReference> images(WorkloadSpec spec) {
        return Stream.concat(
                spec.components().stream().map(WorkloadComponent::image),
                spec.service().map(WorkloadService::image).stream());
    }
}
