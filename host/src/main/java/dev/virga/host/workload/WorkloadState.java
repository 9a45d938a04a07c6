package dev.virga.host.workload;

/** As wasmCloud's host API has them; what was stopped is not there any more. */
public enum WorkloadState {
    STARTING,
    RUNNING,
    /** Its service has ended well and has nothing more to do; its components still answer. */
    COMPLETED,
    STOPPING,
    /** It could not be started, or its service has failed for good. */
    ERROR
}
