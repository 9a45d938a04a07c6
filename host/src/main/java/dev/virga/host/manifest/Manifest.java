package dev.virga.host.manifest;

/** A document that a host or a control plane acts on. */
public sealed interface Manifest permits Workload, WorkloadReplicaSet, WorkloadDeployment, Artifact, ConfigMap, Secret {

    Metadata metadata();

    default Kind kind() {
        return Kind.of(this);
    }

    /** For people: kind, namespace and name. */
    default String id() {
        return kind() + " " + metadata().namespace() + "/" + metadata().name();
    }
}
