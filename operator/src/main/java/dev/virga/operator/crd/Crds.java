package dev.virga.operator.crd;

import dev.virga.host.manifest.ArtifactSpec;
import dev.virga.host.manifest.Settings;
import dev.virga.host.manifest.WorkloadDeploymentSpec;
import dev.virga.host.manifest.WorkloadReplicaSetSpec;
import dev.virga.host.manifest.WorkloadSpec;
import dev.virga.host.shape.Schemas;
import dev.virga.operator.resource.Api;
import dev.virga.operator.resource.ArtifactStatus;
import dev.virga.operator.resource.DeploymentStatus;
import dev.virga.operator.resource.HostStatus;
import dev.virga.operator.resource.ReplicaSetStatus;
import dev.virga.operator.resource.WorkloadStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The definitions of the kinds: wasmCloud's fields, checked as a host checks them, and the field {@code virga}. Made
 * from the records that hosts read manifests into and operators write statuses from.
 */
public final class Crds {

    private static final StructuralSchema SCHEMAS = new StructuralSchema(Schemas.definitions(List.of(
            WorkloadSpec.class,
            WorkloadReplicaSetSpec.class,
            WorkloadDeploymentSpec.class,
            ArtifactSpec.class,
            Settings.class)));

    private static final Map<String, Object> READY =
            column("READY", "string", ".status.conditions[?(@.type==\"Ready\")].status");
    private static final Map<String, Object> AGE = column("AGE", "date", ".metadata.creationTimestamp");
    private static final Map<String, Object> REPLICAS = column("REPLICAS", "integer", ".spec.replicas");

    private Crds() {}

    /** The definitions, as YAML's and JSON's maps, lists and scalars, by the plural of their kind. */
    public static Map<String, Map<String, Object>> all() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (Map<String, Object> crd : List.of(artifacts(), hosts(), deployments(), replicaSets(), workloads())) {
            all.put((String) Schema.map(Schema.map(crd.get("spec")).get("names")).get("plural"), crd);
        }
        return all;
    }

    private static Map<String, Object> hosts() {
        Map<String, Object> properties = Schema.of(
                "hostId", text("Id of this start of the host; part of the subjects that reach it."),
                "hostname", text("Its address, or a name that the cluster knows the address of."),
                "httpPort", Schema.of(
                        "type", "integer", "description", "Where it takes requests.", "minimum", 0, "maximum", 65535),
                "environment", text("Where it runs: of pods, their namespace."));
        return definition(
                "Host",
                List.of(),
                "A host that sends heartbeats. The operator makes and removes these objects.",
                properties,
                List.of("hostId"),
                HostStatus.class,
                List.of(
                        column("HOSTID", "string", ".hostId"),
                        column("HOSTGROUP", "string", ".metadata.labels.hostgroup"),
                        column("ENVIRONMENT", "string", ".environment"),
                        READY,
                        AGE));
    }

    private static Map<String, Object> workloads() {
        Map<String, Object> spec = SCHEMAS.of("WorkloadSpec");
        Rules.workload(spec, false);
        return definition(
                "Workload",
                List.of("ww"),
                "Components, and perhaps a service, that run together on one host.",
                Schema.of("spec", spec, "virga", virga()),
                List.of("spec"),
                WorkloadStatus.class,
                List.of(
                        column("HOSTID", "string", ".status.hostId"),
                        column("ENVIRONMENT", "string", ".status.environment"),
                        READY,
                        AGE));
    }

    private static Map<String, Object> replicaSets() {
        Map<String, Object> spec = SCHEMAS.of("WorkloadReplicaSetSpec");
        Schema.at(spec, "replicas").put("default", 1);
        Rules.workload(Schema.at(spec, "template", "spec"), false);
        return definition(
                "WorkloadReplicaSet",
                List.of(),
                "A number of equal workloads. Usually made by a WorkloadDeployment.",
                Schema.of("spec", spec, "virga", virga()),
                List.of("spec"),
                ReplicaSetStatus.class,
                List.of(REPLICAS, READY));
    }

    private static Map<String, Object> deployments() {
        Map<String, Object> spec = SCHEMAS.of("WorkloadDeploymentSpec");
        Schema.at(spec, "replicas").put("default", 1);
        Schema.at(spec, "deployPolicy").put("default", "RollingUpdate");
        Rules.unique(Schema.at(spec, "artifacts"));
        Rules.workload(Schema.at(spec, "template", "spec"), true);
        Map<String, Object> crd = definition(
                "WorkloadDeployment",
                List.of(),
                "Replicas that are replaced, a few at a time, when their template changes.",
                Schema.of("spec", spec, "virga", virga()),
                List.of("spec"),
                DeploymentStatus.class,
                List.of(REPLICAS, READY));
        Map<String, Object> version = Schema.map(((List<?>) Schema.map(crd.get("spec")).get("versions")).getFirst());
        Schema.map(version.get("subresources")).put("scale", Schema.of(
                "specReplicasPath", ".spec.replicas",
                "statusReplicasPath", ".status.currentReplicas",
                "labelSelectorPath", ".status.selector"));
        return crd;
    }

    private static Map<String, Object> artifacts() {
        return definition(
                "Artifact",
                List.of(),
                "An image under a name.",
                Schema.of("spec", SCHEMAS.of("ArtifactSpec")),
                List.of("spec"),
                ArtifactStatus.class,
                List.of());
    }

    private static Map<String, Object> virga() {
        Map<String, Object> virga = SCHEMAS.of("Settings");
        Rules.virga(virga);
        virga.put("description", "What Virga adds. Other hosts and operators need not know of it.");
        return virga;
    }

    private static Map<String, Object> definition(
            String kind,
            List<String> shortNames,
            String description,
            Map<String, Object> fields,
            List<String> required,
            Class<?> status,
            List<Map<String, Object>> columns) {
        String singular = kind.toLowerCase(Locale.ROOT);
        Map<String, Object> properties = Schema.of(
                "apiVersion", Schema.of("type", "string"),
                "kind", Schema.of("type", "string"),
                "metadata", Schema.of("type", "object"));
        properties.putAll(fields);
        properties.put("status", RecordSchema.of(status));
        Map<String, Object> version = Schema.of("name", Api.VERSION, "served", true, "storage", true);
        if (!columns.isEmpty()) {
            version.put("additionalPrinterColumns", columns);
        }
        version.put("subresources", Schema.of("status", Schema.of()));
        version.put("schema", Schema.of("openAPIV3Schema", Schema.of(
                "description", description, "type", "object", "properties", properties, "required", required)));
        Map<String, Object> names = Schema.of(
                "kind", kind, "listKind", kind + "List", "plural", singular + "s", "singular", singular);
        if (!shortNames.isEmpty()) {
            names.put("shortNames", shortNames);
        }
        return Schema.of(
                "apiVersion", "apiextensions.k8s.io/v1",
                "kind", "CustomResourceDefinition",
                "metadata", Schema.of("name", singular + "s." + Api.GROUP),
                "spec", Schema.of(
                        "group", Api.GROUP,
                        "scope", "Namespaced",
                        "names", names,
                        "versions", new ArrayList<>(List.of(version))));
    }

    private static Map<String, Object> text(String description) {
        return Schema.of("type", "string", "description", description);
    }

    private static Map<String, Object> column(String name, String type, String path) {
        return Schema.of("name", name, "type", type, "jsonPath", path);
    }
}
