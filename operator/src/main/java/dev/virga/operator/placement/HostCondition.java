package dev.virga.operator.placement;

/** Whether a host takes workloads. */
public enum HostCondition {
    READY,

    /** Heartbeats are late, but not for so long that it is given up. */
    SILENT,

    /** Somebody wants no new workloads there; those that are there stay. */
    CORDONED,

    /** Its workloads have to go elsewhere. */
    DRAINING
}
