package dev.virga.host.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Images that are files: a host takes absolute paths, and people write them as they are seen from the manifest. */
public final class FileImages {

    private static final String FILE = "file:";

    private FileImages() {}

    /** The same manifest with its {@code file:} images as absolute paths. */
    public static Manifest absolute(Manifest manifest, Path folder) {
        return switch (manifest) {
            case Workload(var metadata, var spec, var virga) -> new Workload(metadata, absolute(spec, folder), virga);
            case WorkloadReplicaSet(var metadata, var spec, var virga) -> new WorkloadReplicaSet(
                    metadata, new WorkloadReplicaSetSpec(spec.replicas(), absolute(spec.template(), folder)), virga);
            case WorkloadDeployment(var metadata, var spec, var virga) -> new WorkloadDeployment(
                    metadata,
                    new WorkloadDeploymentSpec(
                            spec.replicas(),
                            spec.deployPolicy(),
                            spec.artifacts(),
                            spec.kubernetes(),
                            absolute(spec.template(), folder)),
                    virga);
            case Artifact(var metadata, var spec) ->
                    new Artifact(metadata, new ArtifactSpec(absolute(spec.image(), folder), spec.imagePullSecret()));
            case ConfigMap map -> map;
            case Secret secret -> secret;
        };
    }

    private static WorkloadTemplate absolute(WorkloadTemplate template, Path folder) {
        return new WorkloadTemplate(template.labels(), template.annotations(), absolute(template.spec(), folder));
    }

    private static WorkloadSpec absolute(WorkloadSpec spec, Path folder) {
        List<WorkloadComponent> components = spec.components().stream()
                .map(c -> new WorkloadComponent(
                        c.name(),
                        absolute(c.image(), folder),
                        c.imagePullSecret(),
                        c.imagePullPolicy(),
                        c.poolSize(),
                        c.maxInvocations(),
                        c.maxConcurrency(),
                        c.localResources()))
                .toList();
        Optional<WorkloadService> service = spec.service()
                .map(s -> new WorkloadService(
                        absolute(s.image(), folder),
                        s.imagePullSecret(),
                        s.imagePullPolicy(),
                        s.maxRestarts(),
                        s.localResources()));
        return new WorkloadSpec(
                spec.hostSelector(),
                spec.hostId(),
                spec.environment(),
                components,
                spec.hostInterfaces(),
                service,
                spec.volumes(),
                spec.kubernetes());
    }

    private static ImageReference absolute(ImageReference image, Path folder) {
        return image.text().startsWith(FILE)
                ? new ImageReference(FILE
                        + folder.toAbsolutePath().resolve(image.text().substring(FILE.length())).normalize())
                : image;
    }
}
