package dev.virga.hostapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.manifest.Workload;
import dev.virga.hostapi.message.Component;
import dev.virga.hostapi.message.ImagePullPolicy;
import dev.virga.hostapi.message.ImagePullSecret;
import dev.virga.hostapi.message.LocalResources;
import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.hostapi.message.Service;
import dev.virga.hostapi.message.Volume;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.hostapi.message.WitWorld;
import dev.virga.oci.ImageException;
import dev.virga.oci.RegistryAuths;
import dev.virga.oci.RemoteImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a scheduler's message into a manifest, which is then checked as any other. Values that may have been secrets
 * (the message does not tell) become secrets, so that nothing prints them.
 */
final class Conversion {

    /** As {@link ManifestParser} reads our own settings where a cluster knows only wasmCloud's. */
    private static final String SETTINGS = "virga.dev/settings";

    private static final Set<String> KEPT = Set.of(SETTINGS, PlacedWorkload.SCHEDULER);

    private static final JsonMapper JSON = new JsonMapper();

    private final String prefix;
    private final Map<String, Map<String, String>> secrets = new LinkedHashMap<>();

    /** @param secrets that the workload names, by their names */
    record Converted(Workload workload, Map<String, Map<String, String>> secrets) {}

    private Conversion(String id) {
        this.prefix = "placed-" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)) + "-";
    }

    /**
     * @param id by which the scheduler knows it
     * @throws IllegalArgumentException naming the fields that are wrong
     */
    static Converted convert(String id, dev.virga.hostapi.message.Workload message) {
        Conversion conversion = new Conversion(id);
        try {
            String manifest = JSON.writeValueAsString(conversion.manifest(message));
            Workload workload = (Workload) ManifestParser.parse("(message)", manifest).all().getFirst();
            return new Converted(workload, conversion.secrets);
        } catch (ManifestException e) {
            throw new IllegalArgumentException(e.problems().stream()
                    .map(p -> p.path().isEmpty() ? p.text() : p.path() + ": " + p.text())
                    .collect(Collectors.joining("; ")));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the workload cannot be written as a manifest", e);
        }
    }

    private Map<String, Object> manifest(dev.virga.hostapi.message.Workload message) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", message.namespace());
        metadata.put("name", message.name());
        Map<String, String> annotations = new LinkedHashMap<>(message.annotations());
        annotations.keySet().retainAll(KEPT);
        metadata.put("annotations", annotations);
        WitWorld world = message.witWorld().orElse(new WitWorld(List.of(), List.of()));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("components", world.components().stream().map(this::component).toList());
        spec.put("hostInterfaces", world.hostInterfaces().stream().map(this::hostInterface).toList());
        message.service().ifPresent(service -> spec.put("service", service(service)));
        spec.put("volumes", message.volumes().stream().map(Conversion::volume).toList());
        return Map.of(
                "apiVersion", Kind.WORKLOAD.apiVersion(),
                "kind", Kind.WORKLOAD.toString(),
                "metadata", metadata,
                "spec", spec);
    }

    private Map<String, Object> component(Component component) {
        Map<String, Object> made =
                image(component.image(), component.imagePullSecret(), component.imagePullPolicy());
        made.put("name", component.name());
        made.put("poolSize", component.poolSize());
        made.put("maxInvocations", component.maxInvocations());
        made.put("maxConcurrency", component.maxConcurrency());
        component.localResources().ifPresent(resources -> made.put("localResources", resources(resources)));
        return made;
    }

    private Map<String, Object> service(Service service) {
        Map<String, Object> made = image(service.image(), service.imagePullSecret(), service.imagePullPolicy());
        made.put("maxRestarts", Math.min(service.maxRestarts(), Integer.MAX_VALUE));
        service.localResources().ifPresent(resources -> made.put("localResources", resources(resources)));
        return made;
    }

    private Map<String, Object> image(String image, Optional<ImagePullSecret> secret, ImagePullPolicy policy) {
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("image", image);
        secret.filter(s -> !s.username().isEmpty()).ifPresent(s ->
                made.put("imagePullSecret", secret(Map.of(".dockerconfigjson", dockerConfig(image, s)))));
        switch (policy) {
            case ALWAYS -> made.put("imagePullPolicy", "Always");
            case IF_NOT_PRESENT -> made.put("imagePullPolicy", "IfNotPresent");
            case NEVER -> made.put("imagePullPolicy", "Never");
            case UNSPECIFIED -> {}
        }
        return made;
    }

    private static String dockerConfig(String image, ImagePullSecret secret) {
        String registry = registry(image);
        Map<String, String> entry = Map.of("username", secret.username(), "password", secret.password());
        try {
            return JSON.writeValueAsString(Map.of("auths", Map.of(registry, entry)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the imagePullSecret cannot be written", e);
        }
    }

    /** As the secret has it that the image's credentials are looked for in; a file needs none. */
    private static String registry(String image) {
        try {
            return RegistryAuths.key(RemoteImage.registry(image));
        } catch (ImageException e) {
            return "";
        }
    }

    /** A reference to a new secret with these values. */
    private Map<String, String> secret(Map<String, String> values) {
        String name = prefix + secrets.size();
        secrets.put(name, values);
        return Map.of("name", name);
    }

    private Map<String, Object> resources(LocalResources resources) {
        Map<String, Object> made = new LinkedHashMap<>();
        List<Object> mounts = new ArrayList<>();
        resources.volumeMounts().forEach(mount -> mounts.add(
                Map.of("name", mount.name(), "mountPath", mount.mountPath(), "readOnly", mount.readOnly())));
        made.put("volumeMounts", mounts);
        if (!resources.environment().isEmpty()) {
            made.put("environment", Map.of("secretFrom", List.of(secret(resources.environment()))));
        }
        made.put("config", resources.config());
        made.put("allowedHosts", resources.allowedHosts());
        made.put("allowedIpNameLookups", resources.allowedIpNameLookups());
        made.put("allowedHostLoopbackPorts", resources.allowedHostLoopbackPorts());
        return made;
    }

    private Map<String, Object> hostInterface(WitInterface entry) {
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("namespace", entry.namespace());
        made.put("package", entry.packageName());
        if (!entry.version().isEmpty()) {
            made.put("version", entry.version());
        }
        made.put("interfaces", entry.interfaces());
        if (!entry.name().isEmpty()) {
            made.put("name", entry.name());
        }
        boolean routes = entry.namespace().equals("wasi") && entry.packageName().equals("http");
        if (routes) {
            made.put("config", entry.config());
        } else if (!entry.config().isEmpty()) {
            made.put("secretFrom", List.of(secret(entry.config())));
        }
        return made;
    }

    private static Map<String, Object> volume(Volume volume) {
        return volume.hostPath()
                .<Map<String, Object>>map(path ->
                        Map.of("name", volume.name(), "hostPath", Map.of("path", path.localPath())))
                .orElse(Map.of("name", volume.name(), "ephemeral", Map.of()));
    }
}
