package dev.virga.host.workload;

/** Is told what a workload does. Called on hot paths by many threads. */
public interface WorkloadEvents {

    /** Where a guest's line comes from. */
    enum Source {
        STDOUT,
        STDERR,
        HOST
    }

    /** For whom nobody listens. */
    WorkloadEvents NONE = new WorkloadEvents() {};

    /** @param text of a guest, without the line's end */
    default void line(Source source, String component, String requestId, String text) {}

    default void instanceMade(String component) {}

    default void instanceGone(String component) {}

    /** A call has ended. */
    default void called(String component, long nanos, boolean failed) {}

    default void used(String component, String requestId, String kind, String what) {}

    default void refused(String component, String requestId, String kind, String what, String remedy) {}

    /** It cannot be started, or updated. */
    default void problem(String why) {}

    default void serviceEnded(String why, boolean again) {}
}
