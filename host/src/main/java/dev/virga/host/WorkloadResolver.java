package dev.virga.host;

import dev.virga.component.Component;
import dev.virga.host.manifest.Backoff;
import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.HostInterface;
import dev.virga.host.manifest.ImagePullPolicy;
import dev.virga.host.manifest.ImageReference;
import dev.virga.host.manifest.Limits;
import dev.virga.host.manifest.LocalResources;
import dev.virga.host.manifest.Reference;
import dev.virga.host.manifest.ResolvedConfig;
import dev.virga.host.manifest.WorkloadComponent;
import dev.virga.host.manifest.WorkloadService;
import dev.virga.host.workload.CallLimits;
import dev.virga.host.workload.ComponentSetup;
import dev.virga.host.workload.ComponentSetup.Reuse;
import dev.virga.host.workload.LinkSetup;
import dev.virga.host.workload.ServiceSetup;
import dev.virga.host.workload.WorkloadLimits;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.host.workload.WorkloadSetup;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Settings;
import dev.virga.wasi.sockets.VirtualLoopback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.Set;

/** Gets what a manifest only names: components, settings, directories. */
final class WorkloadResolver {

    /** The service has no name in a manifest; a component cannot have this one. */
    private static final String SERVICE = "(service)";

    private static final List<String> SUBSCRIPTION =
            List.of("subscriptions", "consumer_group", "max_in_flight", "admission_wait");

    private final Components components;
    private final HostPolicy policy;
    private final Path scratch;
    private final int fieldBytes;

    /**
     * @param scratch for ephemeral volumes
     * @param fieldBytes of one set of HTTP headers or trailers
     */
    WorkloadResolver(Components components, HostPolicy policy, Path scratch, int fieldBytes) {
        this.components = components;
        this.policy = policy;
        this.scratch = scratch;
        this.fieldBytes = fieldBytes;
    }

    /**
     * A workload ready to run, and what it has of the host, which is closed after it.
     */
    record Resolved(WorkloadSetup setup, Volumes volumes, VirtualLoopback loopback) implements AutoCloseable {
        @Override
        public void close() {
            try (volumes) {
                loopback.close();
            }
        }
    }

    /**
     * @param replica names the replica's folder
     * @param told of what the workload's owner should know while it runs
     * @throws HostException.Refused if the host does not allow something, or a component cannot be loaded
     * @throws dev.virga.host.manifest.ConfigException if settings are missing
     * @throws dev.virga.oci.ImageException if an image is not to be had
     */
    Resolved resolve(Template template, String replica, ConfigSources sources, Consumer<String> told) {
        checkPlace(template);
        Limits limits = template.settings().limits().over(policy.limits());
        policy.checkMost(limits);
        Volumes volumes = new Volumes(
                template.spec().volumes(),
                scratch.resolve(replica),
                limits.ephemeralStorage().bytes(),
                policy.hostPaths(),
                told);
        VirtualLoopback loopback = new VirtualLoopback();
        try {
            String namespace = template.name().namespace();
            Grants grants = new Grants(namespace, sources, policy, volumes, loopback);
            PullSecrets secrets = new PullSecrets(namespace, sources);
            List<ComponentSetup> parts = new ArrayList<>();
            for (WorkloadComponent component : template.spec().components()) {
                parts.add(part(
                        component.name(),
                        load(component.image(), component.imagePullPolicy(), component.imagePullSecret(), secrets),
                        component.localResources(),
                        new Reuse(component.poolSize(), component.maxInvocations()),
                        template,
                        grants));
            }
            Optional<ServiceSetup> service = template.spec().service().map(s -> service(s, template, secrets, grants));
            List<Grant> interfaces = new ArrayList<>();
            for (HostInterface entry : template.spec().hostInterfaces()) {
                if (!WorkloadRuntime.BUILT_IN.contains(entry.packageId())) {
                    interfaces.add(grant(entry, template, limits, sources));
                }
            }
            WorkloadSetup setup = new WorkloadSetup(
                    template.name(), parts, service, interfaces, links(template), workloadLimits(limits));
            return new Resolved(setup, volumes, loopback);
        } catch (RuntimeException | Error e) {
            try (volumes) {
                loopback.close();
            }
            throw e;
        }
    }

    /** Where a manifest wants to run is a scheduler's to decide; a host alone only says that it is not the one. */
    private void checkPlace(Template template) {
        Optional<String> id = template.spec().hostId();
        if (id.isPresent() && !id.get().equals(policy.id())) {
            throw new HostException.Refused("hostId is " + id.get() + ", and this host is " + policy.id());
        }
        Optional<String> environment = template.spec().environment();
        if (environment.isPresent() && !environment.equals(policy.environment())) {
            throw new HostException.Refused("environment is " + environment.get() + ", and this host's is "
                    + policy.environment().orElse("none"));
        }
        for (Map.Entry<String, String> label : template.spec().hostSelector().entrySet()) {
            if (!label.getValue().equals(policy.labels().get(label.getKey()))) {
                throw new HostException.Refused("hostSelector wants " + label + ", and this host's labels are "
                        + policy.labels());
            }
        }
    }

    private Component load(
            ImageReference image,
            Optional<ImagePullPolicy> pullPolicy,
            Optional<Reference> secret,
            PullSecrets secrets) {
        return components.load(image, pullPolicy, secrets.find(secret, image));
    }

    private ComponentSetup part(
            String name,
            Component component,
            LocalResources resources,
            Reuse reuse,
            Template template,
            Grants grants) {
        return new ComponentSetup(
                name,
                component,
                grants.of(resources, template.settings().egress()).withArguments(List.of(name)),
                resources.config(),
                reuse,
                callLimits(name, template.settings()));
    }

    private CallLimits callLimits(String component, dev.virga.host.manifest.Settings settings) {
        Limits limits = settings.limits(component, policy.limits());
        policy.checkMost(limits);
        return new CallLimits(
                limits.memory().bytes(),
                limits.instances(),
                limits.cpu().deadline(),
                settings.requestTimeout(component));
    }

    private ServiceSetup service(
            WorkloadService service, Template template, PullSecrets secrets, Grants grants) {
        Component component =
                load(service.image(), service.imagePullPolicy(), service.imagePullSecret(), secrets);
        Backoff backoff = template.settings().service().restart().backoff();
        return new ServiceSetup(
                part(SERVICE, component, service.localResources(), Reuse.NONE, template, grants),
                service.maxRestarts(),
                backoff.initial(),
                backoff.max(),
                template.settings().service().restart().resetAfter());
    }

    /** @throws dev.virga.host.manifest.ConfigException if settings are missing */
    static Grant grant(HostInterface entry, Template template, Limits limits, ConfigSources sources) {
        Map<String, String> config =
                new LinkedHashMap<>(ResolvedConfig.of(entry.layer(), template.name().namespace(), sources).values());
        if (entry.packageName().equals("messaging")) {
            template.spec().components().forEach(c -> subscribe(c.localResources().config(), config));
        }
        return new Grant(
                template.name(),
                entry.packageId(),
                Set.copyOf(entry.interfaces()),
                entry.version(),
                entry.name(),
                new Settings(config),
                pluginLimits(limits));
    }

    /** What a component subscribes to may stand in its own config, as with wasmCloud. */
    private static void subscribe(Map<String, String> own, Map<String, String> entry) {
        if (own.containsKey("subscriptions")) {
            SUBSCRIPTION.forEach(key -> Optional.ofNullable(own.get(key)).ifPresent(value -> entry.put(key, value)));
        }
    }

    private static dev.virga.plugin.Limits pluginLimits(Limits limits) {
        return new dev.virga.plugin.Limits(
                Math.toIntExact(limits.keySize().bytes()),
                Math.toIntExact(limits.valueSize().bytes()),
                Math.toIntExact(limits.messageSize().bytes()),
                limits.listKeys(),
                dev.virga.plugin.Limits.DEFAULT.handles());
    }

    private static LinkSetup links(Template template) {
        String own = template.name().namespace();
        return new LinkSetup(
                template.settings().links().stream()
                        .map(link -> new LinkSetup.Import(
                                link.interfaceName(),
                                link.component(),
                                new LinkSetup.Target(
                                        link.to().namespace().orElse(own), link.to().workload(), link.to().component()),
                                link.deadline()))
                        .toList(),
                template.settings().serves().stream()
                        .map(serve -> new LinkSetup.Export(
                                serve.interfaceName(),
                                serve.component(),
                                serve.to().isEmpty() ? List.of(own) : serve.to()))
                        .toList());
    }

    private WorkloadLimits workloadLimits(Limits limits) {
        return new WorkloadLimits(
                limits.workloadMemory().bytes(),
                limits.instances(),
                limits.cpu().share(),
                limits.connections(),
                fieldBytes,
                Math.toIntExact(limits.logRate().bytes()),
                pluginLimits(limits));
    }
}
