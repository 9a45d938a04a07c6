package dev.virga.host.manifest;

import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of documents that are understood. */
public enum Kind {
    WORKLOAD("Workload", "ww", Kind.RUNTIME, Workload.class),
    WORKLOAD_REPLICA_SET("WorkloadReplicaSet", "wrs", Kind.RUNTIME, WorkloadReplicaSet.class),
    WORKLOAD_DEPLOYMENT("WorkloadDeployment", "wd", Kind.RUNTIME, WorkloadDeployment.class),
    ARTIFACT("Artifact", "art", Kind.RUNTIME, Artifact.class),
    CONFIG_MAP("ConfigMap", "cm", Kind.CORE, ConfigMap.class),
    SECRET("Secret", "sec", Kind.CORE, Secret.class);

    static final String RUNTIME = "runtime.wasmcloud.dev/v1alpha1";
    static final String CORE = "v1";

    private final String text;
    private final String abbreviation;
    private final String apiVersion;
    private final Class<? extends Record> type;

    <T extends Record & Manifest> Kind(String text, String abbreviation, String apiVersion, Class<T> type) {
        this.text = text;
        this.abbreviation = abbreviation;
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

    /** By its name, in any case and perhaps in the plural, or by its abbreviation. */
    public static Optional<Kind> named(String word) {
        return Stream.of(values())
                .filter(kind -> Stream.of(kind.text, kind.text + "s", kind.abbreviation).anyMatch(word::equalsIgnoreCase))
                .findFirst();
    }

    /** Whether objects of this kind run; the others hold what those need. */
    public boolean runs() {
        return this == WORKLOAD || this == WORKLOAD_REPLICA_SET || this == WORKLOAD_DEPLOYMENT;
    }

    /** For command lines. */
    public String abbreviation() {
        return abbreviation;
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
