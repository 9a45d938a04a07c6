package dev.virga.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.host.PullSecrets;
import dev.virga.host.manifest.ConfigException;
import dev.virga.host.manifest.ConfigLayer;
import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.HostInterface;
import dev.virga.host.manifest.ImageReference;
import dev.virga.host.manifest.ManifestPrinter;
import dev.virga.host.manifest.Reference;
import dev.virga.host.manifest.ResolvedConfig;
import dev.virga.host.manifest.Workload;
import dev.virga.host.manifest.WorkloadSpec;
import dev.virga.host.shape.Json;
import dev.virga.hostapi.message.Component;
import dev.virga.hostapi.message.HostPathVolume;
import dev.virga.hostapi.message.ImagePullPolicy;
import dev.virga.hostapi.message.ImagePullSecret;
import dev.virga.hostapi.message.LocalResources;
import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.hostapi.message.Service;
import dev.virga.hostapi.message.Volume;
import dev.virga.hostapi.message.VolumeMount;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.hostapi.message.WitWorld;
import dev.virga.hostapi.message.WorkloadStartRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What hosts are sent: a workload with all that its manifest only names. */
final class StartRequests {

    private static final Set<String> SERVING = Set.of("incoming-handler", "handler");
    private static final String ALIASES = "host-aliases";

    private final String namespace;
    private final ConfigSources sources;

    private StartRequests(String namespace, ConfigSources sources) {
        this.namespace = namespace;
        this.sources = sources;
    }

    /**
     * @param annotations of the object
     * @param scheduler who places it
     * @throws dev.virga.host.manifest.ConfigException if a ConfigMap or a Secret is missing
     * @throws dev.virga.host.HostException.Refused if a pull secret is missing or wrong
     */
    static WorkloadStartRequest of(
            String id, Workload workload, Map<String, String> annotations, String scheduler, ConfigSources sources) {
        String namespace = workload.metadata().namespace();
        return new StartRequests(namespace, sources).request(id, workload, annotations, scheduler);
    }

    private WorkloadStartRequest request(
            String id, Workload workload, Map<String, String> annotations, String scheduler) {
        WorkloadSpec spec = workload.spec();
        Map<String, String> notes = new LinkedHashMap<>(annotations);
        notes.put(PlacedWorkload.SCHEDULER, scheduler); // whatever the object says
        Object virga = ManifestPrinter.tree(workload).get("virga");
        if (virga != null) {
            notes.put(Names.SETTINGS, Json.print(virga));
        }
        return new WorkloadStartRequest(
                Optional.of(new dev.virga.hostapi.message.Workload(
                        namespace,
                        workload.metadata().name(),
                        notes,
                        spec.service().map(s -> new Service(
                                s.image().text(),
                                Optional.of(resources(s.localResources())),
                                s.maxRestarts(),
                                secret(s.imagePullSecret(), s.image()),
                                policy(s.imagePullPolicy()))),
                        Optional.of(new WitWorld(
                                spec.components().stream()
                                        .map(c -> new Component(
                                                c.image().text(),
                                                Optional.of(resources(c.localResources())),
                                                c.poolSize(),
                                                c.maxInvocations(),
                                                secret(c.imagePullSecret(), c.image()),
                                                c.name(),
                                                policy(c.imagePullPolicy()),
                                                c.maxConcurrency()))
                                        .toList(),
                                interfaces(spec))),
                        spec.volumes().stream()
                                .map(v -> new Volume(v.name(), v.hostPath().map(p -> new HostPathVolume(p.path()))))
                                .toList())),
                id);
    }

    private LocalResources resources(dev.virga.host.manifest.LocalResources given) {
        return new LocalResources(
                given.config(),
                resolved(given.environment()),
                given.volumeMounts().stream()
                        .map(m -> new VolumeMount(m.name(), m.mountPath(), m.readOnly()))
                        .toList(),
                given.allowedHosts().stream().map(Object::toString).toList(),
                given.allowedIpNameLookups().stream().map(Object::toString).toList(),
                given.allowedHostLoopbackPorts().stream().map(Object::toString).toList());
    }

    /** @throws dev.virga.host.manifest.ConfigException if a ConfigMap or a Secret is missing */
    static void checkConfig(String namespace, WorkloadSpec spec, ConfigSources sources) {
        StartRequests requests = new StartRequests(namespace, sources);
        spec.components().forEach(c -> requests.resolved(c.localResources().environment()));
        spec.service().ifPresent(s -> requests.resolved(s.localResources().environment()));
        spec.hostInterfaces().forEach(i -> requests.resolved(i.layer()));
    }

    private Map<String, String> resolved(ConfigLayer layer) {
        return ResolvedConfig.of(layer, namespace, sources).values();
    }

    private List<WitInterface> interfaces(WorkloadSpec spec) {
        Optional<String> service = spec.kubernetes().flatMap(k -> k.service()).map(Reference::name);
        return spec.hostInterfaces().stream().map(i -> witInterface(i, service)).toList();
    }

    private WitInterface witInterface(HostInterface given, Optional<String> service) {
        Map<String, String> config = new LinkedHashMap<>(resolved(given.layer()));
        if (given.packageId().equals("wasi:http") && given.interfaces().stream().anyMatch(SERVING::contains)) {
            // Requests by the Service's name in the cluster's DNS come here too.
            service.ifPresent(name -> config.merge(
                    ALIASES,
                    name + "." + namespace + "," + name + "." + namespace + ".svc",
                    (own, dns) -> own + "," + dns));
        }
        return new WitInterface(
                given.namespace(),
                given.packageName(),
                given.version().orElse(""),
                given.interfaces(),
                config,
                given.name().orElse(""));
    }

    private Optional<ImagePullSecret> secret(Optional<Reference> secret, ImageReference image) {
        return new PullSecrets(namespace, sources)
                .find(secret, image)
                .map(c -> new ImagePullSecret(c.user(), c.password()));
    }

    private static ImagePullPolicy policy(Optional<dev.virga.host.manifest.ImagePullPolicy> policy) {
        return policy.map(p -> ImagePullPolicy.valueOf(p.name())).orElse(ImagePullPolicy.UNSPECIFIED);
    }

    /**
     * A digest of all that the ConfigMaps and Secrets hold that a workload's spec names; empty if it names none. Who may
     * see the digest, but not a Secret, cannot try out what the Secret may hold: its uid is in the digest.
     *
     * @throws ConfigException if one of them is not there, perhaps no longer
     */
    static String configDigest(String namespace, JsonNode spec, ClusterConfig sources) {
        StringBuilder all = new StringBuilder();
        spec.findValues("configFrom").forEach(list -> list.forEach(reference -> {
            String name = reference.path("name").asText();
            all.append("c ").append(name);
            all.append(there(sources.configMap(namespace, name), "ConfigMap " + namespace + "/" + name)).append('\n');
        }));
        spec.findValues("secretFrom").forEach(list -> list.forEach(reference -> {
            String name = reference.path("name").asText();
            all.append("s ").append(name).append(sources.secretUid(namespace, name));
            all.append(there(sources.secret(namespace, name), "Secret " + namespace + "/" + name)).append('\n');
        }));
        return all.isEmpty() ? "" : Names.digest(all.toString());
    }

    private static Map<String, String> there(Optional<Map<String, String>> values, String what) {
        return new TreeMap<>(values.orElseThrow(() -> new ConfigException("not there: " + what + "; apply it first")));
    }
}
