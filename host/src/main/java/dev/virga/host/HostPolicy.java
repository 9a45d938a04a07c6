package dev.virga.host;

import dev.virga.host.manifest.Limits;
import dev.virga.host.shape.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the host's operator allows all workloads, whatever their manifests say.
 *
 * @param id of this host
 * @param labels for {@code hostSelector}
 * @param environment for {@code environment}
 * @param hostLoopback whether {@code allowedHostLoopbackPorts} opens ports of the host's own loopback
 * @param hostPaths folders in and below which {@code hostPath} volumes may lie
 * @param imageRoots folders in and below which {@code file:} images may lie
 * @param limits of workloads that set none
 * @param most what none may exceed, whatever it sets
 */
public record HostPolicy(
        String id,
        Map<String, String> labels,
        Optional<String> environment,
        boolean hostLoopback,
        List<Path> hostPaths,
        List<Path> imageRoots,
        Limits limits,
        Overrides<Limits> most) {

    public HostPolicy {
        labels = Map.copyOf(labels);
        hostPaths = List.copyOf(hostPaths);
        imageRoots = List.copyOf(imageRoots);
    }

    /** Without maxima. */
    public HostPolicy(
            String id,
            Map<String, String> labels,
            Optional<String> environment,
            boolean hostLoopback,
            List<Path> hostPaths,
            List<Path> imageRoots,
            Limits limits) {
        this(
                id,
                labels,
                environment,
                hostLoopback,
                hostPaths,
                imageRoots,
                limits,
                Overrides.none(Limits.class));
    }

    /** @throws HostException.Refused naming each limit that is more than this host allows */
    void checkMost(Limits wanted) {
        List<String> exceeded = most.exceededBy(wanted);
        if (!exceeded.isEmpty()) {
            throw new HostException.Refused("limits beyond what this host allows: " + String.join(", ", exceeded));
        }
    }

    /** Whether a path lies in one of these folders, after links are followed. */
    static boolean isWithin(Path path, List<Path> roots) {
        return roots.stream().anyMatch(root -> path.startsWith(real(root)));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (java.io.IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
