package dev.virga.host;

import dev.virga.host.manifest.Artifact;
import dev.virga.host.manifest.ArtifactReference;
import dev.virga.host.manifest.ConfigLayer;
import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.DeployPolicy;
import dev.virga.host.manifest.HostInterface;
import dev.virga.host.manifest.ImageReference;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.Metadata;
import dev.virga.host.manifest.Reference;
import dev.virga.host.manifest.Settings;
import dev.virga.host.manifest.Workload;
import dev.virga.host.manifest.WorkloadComponent;
import dev.virga.host.manifest.WorkloadDeployment;
import dev.virga.host.manifest.WorkloadReplicaSet;
import dev.virga.host.manifest.WorkloadService;
import dev.virga.host.manifest.WorkloadSpec;
import dev.virga.oci.Digests;
import dev.virga.plugin.WorkloadName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What manifests ask for, with the artifacts and settings that they name. */
final class Templates {

    private final Map<String, Manifest> objects;
    private final ConfigSources sources;

    /**
     * @param objects all that was applied, by {@link Manifest#id}
     * @param sources of these
     */
    Templates(Map<String, Manifest> objects, ConfigSources sources) {
        this.objects = objects;
        this.sources = sources;
    }

    /** Whether it is for others to name, so that they change with it. */
    static boolean isNamed(Manifest manifest) {
        return switch (manifest) {
            case Workload _, WorkloadReplicaSet _, WorkloadDeployment _ -> false;
            default -> true;
        };
    }

    /** Empty for what does not run by itself. */
    Optional<Desired> desired(Manifest manifest) {
        return switch (manifest) {
            case Workload w -> Optional.of(
                    new Desired(template(w.metadata(), w.spec(), w.virga()), 1, DeployPolicy.ROLLING_UPDATE));
            case WorkloadReplicaSet s -> Optional.of(new Desired(
                    template(s.metadata(), s.spec().template().spec(), s.virga()),
                    s.spec().replicas(),
                    DeployPolicy.ROLLING_UPDATE));
            case WorkloadDeployment d -> Optional.of(new Desired(
                    template(d.metadata(), withImages(d), d.virga()), d.spec().replicas(), d.spec().deployPolicy()));
            default -> Optional.empty();
        };
    }

    private Template template(Metadata metadata, WorkloadSpec spec, Settings settings) {
        return new Template(
                new WorkloadName(metadata.namespace(), metadata.name()), spec, settings, inputs(metadata.namespace(), spec));
    }

    /** A digest of all that the spec only names. What is missing now is found missing when a replica starts. */
    private String inputs(String namespace, WorkloadSpec spec) {
        StringBuilder all = new StringBuilder();
        Stream<ConfigLayer> layers = Stream.of(
                        spec.hostInterfaces().stream().map(HostInterface::layer),
                        spec.components().stream().map(c -> c.localResources().environment()),
                        spec.service().stream().map(s -> s.localResources().environment()))
                .flatMap(layer -> layer);
        layers.forEach(layer -> {
            for (Reference reference : layer.configFrom()) {
                append(all, "config " + reference.name(), sources.configMap(namespace, reference.name()));
            }
            for (Reference reference : layer.secretFrom()) {
                append(all, "secret " + reference.name(), sources.secret(namespace, reference.name()));
            }
        });
        return all.isEmpty() ? "" : Digests.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder all, String name, Optional<Map<String, String>> values) {
        all.append(name).append(' ').append(values.map(TreeMap::new)).append('\n');
    }

    private WorkloadSpec withImages(WorkloadDeployment deployment) {
        WorkloadSpec spec = deployment.spec().template().spec();
        List<WorkloadComponent> components = new ArrayList<>();
        for (WorkloadComponent c : spec.components()) {
            Artifact named = artifact(c.image(), deployment).orElse(null);
            components.add(named == null
                    ? c
                    : new WorkloadComponent(
                            c.name(),
                            named.spec().image(),
                            c.imagePullSecret().or(named.spec()::imagePullSecret),
                            c.imagePullPolicy(),
                            c.poolSize(),
                            c.maxInvocations(),
                            c.maxConcurrency(),
                            c.localResources()));
        }
        Optional<WorkloadService> service = spec.service().map(s -> artifact(s.image(), deployment)
                .map(named -> new WorkloadService(
                        named.spec().image(),
                        s.imagePullSecret().or(named.spec()::imagePullSecret),
                        s.imagePullPolicy(),
                        s.maxRestarts(),
                        s.localResources()))
                .orElse(s));
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

    /** An artifact that is not there leaves its reference as it is, which no replica can start with. */
    private Optional<Artifact> artifact(ImageReference image, WorkloadDeployment deployment) {
        return image.artifact().flatMap(name -> deployment.spec().artifacts().stream()
                .filter(a -> a.name().equals(name))
                .map(ArtifactReference::artifactFrom)
                .findFirst()
                .map(from -> objects.get(Kind.ARTIFACT + " " + deployment.metadata().namespace() + "/" + from.name()))
                .filter(Artifact.class::isInstance)
                .map(Artifact.class::cast));
    }
}
