package dev.virga.operator.hosts;

/** Something that has happened to hosts. */
public sealed interface HostEvent {

    /** It has reported for the first time, or again after it was lost. */
    record Appeared(Host host) implements HostEvent {}

    /** What it says of itself, or its condition, is different; measured values alone do not count. */
    record Changed(Host host) implements HostEvent {}

    /**
     * It is given up; its workloads have to be placed elsewhere.
     *
     * @param name the last that was known
     * @param reason for people
     */
    record Lost(String id, String name, String reason) implements HostEvent {}

    /** Hosts that stay silent are not given up for now, since so many are silent at once. */
    record EvictionsHeld(long silent, int known) implements HostEvent {

        public String message() {
            return silent + " of " + known + " hosts are silent at once, which looks like a failure of NATS or of the"
                    + " network: their workloads are left where they are; delete the pods or Host objects of those that"
                    + " are gone";
        }
    }

    /** Silent hosts are given up again. */
    record EvictionsResumed() implements HostEvent {}
}
