package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a workload is. */
public record WorkloadSpec(
        @Field(value = "Labels that a host must have to run this.", keys = Text.LABEL_KEY, text = Text.LABEL_VALUE)
                Map<String, String> hostSelector,
        @Field(value = "The one host that may run this.", text = Text.NOT_EMPTY) Optional<String> hostId,
        @Field(value = "Environment of the hosts that may run this.", text = Text.NOT_EMPTY)
                Optional<String> environment,
        @Field("Components: stateless, instantiated for calls.") List<WorkloadComponent> components,
        @Field(value = "Interfaces that the host offers to this workload, with their settings.", maxItems = 64)
                List<HostInterface> hostInterfaces,
        @Field("A companion that runs all the time.") Optional<WorkloadService> service,
        @Field("Directories that components and the service can mount.") List<Volume> volumes,
        @Field("For clusters.") Optional<KubernetesSettings> kubernetes)
        implements Checked {

    @Override
    public void check(Report report) {
        if (components.isEmpty() && service.isEmpty()) {
            report.problem("needs at least one component or a service");
        }
        WorkloadChecks.unique(components, WorkloadComponent::name, "component", report, "components");
        WorkloadChecks.unique(volumes, Volume::name, "volume", report, "volumes");
        List<String> known = volumes.stream().map(Volume::name).toList();
        for (int i = 0; i < components.size(); i++) {
            checkMounts(components.get(i).localResources(), known, report.at("components", i));
        }
        service.ifPresent(s -> checkMounts(s.localResources(), known, report.at("service")));
        checkInterfaces(report);
    }

    private static void checkMounts(LocalResources resources, List<String> known, Report report) {
        List<VolumeMount> mounts = resources.volumeMounts();
        for (int i = 0; i < mounts.size(); i++) {
            WorkloadChecks.known(
                    mounts.get(i).name(), known, "volume", report, "localResources", "volumeMounts", i, "name");
        }
    }

    /** One unnamed interface of a package is its default; the named ones are told apart by name and version. */
    private void checkInterfaces(Report report) {
        Set<String> routes = new HashSet<>();
        Set<String> unnamed = new HashSet<>();
        for (int i = 0; i < hostInterfaces.size(); i++) {
            HostInterface each = hostInterfaces.get(i);
            if (each.name().isEmpty() && !unnamed.add(each.packageId())) {
                report.problem(
                        each.packageId() + " stands here twice without a name; give each its own name",
                        "hostInterfaces", i);
            } else if (!routes.add(each.packageId() + " " + each.name() + " " + each.version())) {
                report.problem(
                        each.packageId() + " stands here twice with the same name and version", "hostInterfaces", i);
            }
        }
    }
}
