package dev.virga.host.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Images that are files: a host takes absolute paths, and people write them as they are seen from the manifest. */
public final class FileImages {

    private static final String FILE = "file:";

    private FileImages() {}

    /** The same manifest with its {@code file:} images as absolute paths. */
    public static Manifest absolute(Manifest manifest, Path folder) {
        return replaced(manifest, path -> folder.toAbsolutePath().resolve(path).normalize());
    }

    /** The same manifest with other paths in its {@code file:} images. */
    public static Manifest replaced(Manifest manifest, UnaryOperator<Path> paths) {
        return switch (manifest) {
            case Workload(var metadata, var spec, var virga) -> new Workload(metadata, replaced(spec, paths), virga);
            case WorkloadReplicaSet(var metadata, var spec, var virga) -> new WorkloadReplicaSet(
                    metadata, new WorkloadReplicaSetSpec(spec.replicas(), replaced(spec.template(), paths)), virga);
            case WorkloadDeployment(var metadata, var spec, var virga) -> new WorkloadDeployment(
                    metadata,
                    new WorkloadDeploymentSpec(
                            spec.replicas(),
                            spec.deployPolicy(),
                            spec.artifacts(),
                            spec.kubernetes(),
                            replaced(spec.template(), paths)),
                    virga);
            case Artifact(var metadata, var spec) ->
                    new Artifact(metadata, new ArtifactSpec(replaced(spec.image(), paths), spec.imagePullSecret()));
            case ConfigMap map -> map;
            case Secret secret -> secret;
        };
    }

    private static WorkloadTemplate replaced(WorkloadTemplate template, UnaryOperator<Path> paths) {
        return new WorkloadTemplate(template.labels(), template.annotations(), replaced(template.spec(), paths));
    }

    private static WorkloadSpec replaced(WorkloadSpec spec, UnaryOperator<Path> paths) {
        List<WorkloadComponent> components = spec.components().stream()
                .map(c -> new WorkloadComponent(
                        c.name(),
                        replaced(c.image(), paths),
                        c.imagePullSecret(),
                        c.imagePullPolicy(),
                        c.poolSize(),
                        c.maxInvocations(),
                        c.maxConcurrency(),
                        c.localResources()))
                .toList();
        Optional<WorkloadService> service = spec.service()
                .map(s -> new WorkloadService(
                        replaced(s.image(), paths),
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

    private static ImageReference replaced(ImageReference image, UnaryOperator<Path> paths) {
        return image.text().startsWith(FILE)
                ? new ImageReference(FILE + paths.apply(Path.of(image.text().substring(FILE.length()))))
                : image;
    }
}
