package dev.virga.operator.resource;

/** Names that wasmCloud's API has. */
public final class Api {

    public static final String GROUP = "runtime.wasmcloud.dev";
    public static final String VERSION = "v1alpha1";

    public static final String HOST_FINALIZER = GROUP + "/host-finalizer";
    public static final String WORKLOAD_FINALIZER = GROUP + "/workload-finalizer";
    public static final String ARTIFACT_FINALIZER = GROUP + "/artifact-finalizer";

    /** Label of replica sets and workloads with their deployment's name. */
    public static final String DEPLOYMENT_LABEL = GROUP + "/workload-deployment";

    /** Annotation of workloads with the digest of the template that they were made from. */
    public static final String GENERATION = GROUP + "/workload-replica-set-generation";

    private Api() {}
}
