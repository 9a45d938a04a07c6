package dev.virga.cli.host;

import dev.virga.host.HostPolicy;
import dev.virga.host.manifest.Limits;
import dev.virga.host.shape.Overrides;
import dev.virga.oci.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a host's operator allows, whatever manifests say. */
final class PolicyFlags {

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "A label of this host, for `hostSelector`. May be given several times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--environment", paramLabel = "NAME", description = "This host's environment.")
    private Optional<String> environment;

    @Option(
            names = "--allow-host-loopback",
            description = "Let `allowedHostLoopbackPorts` open ports of this machine's loopback.")
    private boolean hostLoopback;

    @Option(
            names = "--allow-host-path",
            paramLabel = "DIR",
            description = "Let `hostPath` volumes lie in or below this folder. May be given several times.")
    private List<Path> hostPaths = new ArrayList<>();

    @Option(
            names = "--image-dir",
            paramLabel = "DIR",
            description = "Let `file:` images lie in or below this folder. May be given several times.")
    private List<Path> imageFolders = new ArrayList<>();

    @Option(
            names = "--plain-http-registry",
            paramLabel = "HOST[:PORT]",
            description = "Reach this registry without TLS. May be given several times.")
    private Set<String> plainHttp = new HashSet<>();

    @Option(
            names = "--allow-registry",
            paramLabel = "HOST[:PORT]",
            description = "Reach this registry although its address is not public. May be given several times.")
    private Set<String> internal = new HashSet<>();

    @Option(
            names = "--registry-ca",
            paramLabel = "FILE",
            description = "Trust registries whose certificates these authorities (PEM) have signed, too.")
    private Optional<Path> authority;

    /** @param manifests a folder whose files may lie beside their manifests */
    HostPolicy policy(String id, Optional<Path> manifests, Limits limits, Overrides<Limits> most) {
        List<Path> images = new ArrayList<>(imageFolders);
        manifests.ifPresent(images::add);
        return new HostPolicy(id, labels, environment, hostLoopback, hostPaths, images, limits, most);
    }

    RegistrySettings registries() {
        return new RegistrySettings(plainHttp, internal, authority, RegistrySettings.DEFAULT.largest());
    }
}
