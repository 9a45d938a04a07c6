package dev.virga.operator;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.hostapi.message.WorkloadStatus;
import dev.virga.operator.placement.HostView;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The hosts, by their heartbeats, and what they are told. */
public interface Fleet {

    /** Whether a host is there. */
    enum Presence {
        /** Its heartbeats come. */
        ALIVE,
        /** They are late, or cannot come, or it is too soon to tell; what it runs is taken to run. */
        SILENT,
        /** It is given up. */
        GONE
    }

    /** A host's last heartbeat. */
    record Seen(HostHeartbeat heartbeat, Instant at) {}

    Presence presence(String host);

    Optional<Seen> seen(String host);

    /** All that are not given up. */
    Collection<HostView> hosts();

    /** @throws Unreachable if there is no answer */
    WorkloadStatus start(String host, WorkloadStartRequest request);

    /** @throws Unreachable if there is no answer */
    WorkloadStatus status(String host, String workload);

    /** @throws Unreachable if there is no answer */
    WorkloadStatus stop(String host, String workload);

    /** A host does not answer. */
    final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message) {
            super(message);
        }
    }
}
