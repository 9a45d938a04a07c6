package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Overrides;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Virga adds to a workload. Other hosts need not know of it. */
public record Settings(
        @Field("Limits of the workload and, where components have none of their own, of each component.")
                Overrides<Limits> limits,
        @Field(value = "What the workload needs of a host, for clusters.", fallback = "{}") Requests requests,
        @Field(
                        value = "How long a request may take, from its headers to the end of the answer.",
                        fallback = "30s",
                        min = 1)
                Duration requestTimeout,
        @Field(value = "Which requests come here.", fallback = "{}") Ingress ingress,
        @Field("Stop all instances when nothing has called for a time, and start with the next call.")
                Optional<ScaleToZero> scaleToZero,
        @Field(value = "How the service is kept running.", fallback = "{}") ServiceSettings service,
        @Field("How it is found out whether a replica can serve.") Optional<Health> health,
        @Field(value = "How a deployment replaces replicas.", fallback = "{}") Rollout rollout,
        @Field("Imports that components on other hosts serve.") List<Link> links,
        @Field("Exports that components on other hosts may call.") List<Serve> serves,
        @Field(value = "What outgoing connections may reach beyond public addresses.", fallback = "{}") Egress egress,
        @Field(value = "Settings of single components, by name.", keys = Text.LABEL)
                Map<String, ComponentSettings> components) {

    /** Nothing but defaults. */
    public static final Settings DEFAULT = Struct.of(Settings.class).defaults();

    /** The limits of a component: its own over the workload's over the host's. */
    public Limits limits(String component, Limits host) {
        Limits all = limits.over(host);
        ComponentSettings own = components.get(component);
        return own == null ? all : own.limits().over(all);
    }

    /** How long a request to a component may take. */
    public Duration requestTimeout(String component) {
        return Optional.ofNullable(components.get(component))
                .flatMap(ComponentSettings::requestTimeout)
                .orElse(requestTimeout);
    }
}
