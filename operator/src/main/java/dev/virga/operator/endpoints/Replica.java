package dev.virga.operator.endpoints;

/**
 * A workload behind a service.
 *
 * @param workload its uid
 * @param host where it is
 */
public record Replica(String workload, String host, State state) {

    /** The best first. */
    public enum State {
        /** It answers requests. */
        READY,

        /** It still answers, but is about to stop. */
        ENDING,

        NOT_READY
    }
}
