package dev.virga.hostapi.message;

/**
 * A workload that a host has been told to run, and not to stop since.
 *
 * @param scheduler who placed it: what the annotation {@link #SCHEDULER} said; empty if there was none
 */
public record PlacedWorkload(String workloadId, String namespace, String name, String scheduler) {

    /** Annotation of a workload that is to be started: who places it. No two schedulers say the same. */
    public static final String SCHEDULER = "virga.dev/scheduler";
}
