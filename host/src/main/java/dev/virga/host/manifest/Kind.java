package dev.virga.host.manifest;

/** The kinds of documents that are understood. */
public enum Kind {
    WORKLOAD("Workload", Kind.RUNTIME, Workload.class),
    WORKLOAD_REPLICA_SET("WorkloadReplicaSet", Kind.RUNTIME, WorkloadReplicaSet.class),
    WORKLOAD_DEPLOYMENT("WorkloadDeployment", Kind.RUNTIME, WorkloadDeployment.class),
    ARTIFACT("Artifact", Kind.RUNTIME, Artifact.class),
    CONFIG_MAP("ConfigMap", Kind.CORE, ConfigMap.class),
    SECRET("Secret", Kind.CORE, Secret.class);

    static final String RUNTIME = "runtime.wasmcloud.dev/v1alpha1";
    static final String CORE = "v1";

    private final String text;
    private final String apiVersion;
    private final Class<? extends Record> type;

    <T extends Record & Manifest> Kind(String text, String apiVersion, Class<T> type) {
        this.text = text;
        this.apiVersion = apiVersion;
        this.type = type;
    }

    static Kind of(Manifest manifest) {
        return switch (manifest) {
            case Workload _ -> WORKLOAD;
            case WorkloadReplicaSet _ -> WORKLOAD_REPLICA_SET;
            case WorkloadDeployment _ -> WORKLOAD_DEPLOYMENT;
            case Artifact _ -> ARTIFACT;
            case ConfigMap _ -> CONFIG_MAP;
            case Secret _ -> SECRET;
        };
    }

    /** As {@code apiVersion} has it. */
    public String apiVersion() {
        return apiVersion;
    }

    Class<? extends Record> type() {
        return type;
    }

    /** As {@code kind} has it. */
    @Override
    public String toString() {
        return text;
    }
}
