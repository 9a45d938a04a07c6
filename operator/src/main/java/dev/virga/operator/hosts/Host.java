package dev.virga.operator.hosts;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.operator.placement.HostView;

/**
 * A host that has reported.
 *
 * @param heartbeat the last one
 * @param view for placement; its load is not known here
 */
public record Host(HostHeartbeat heartbeat, HostView view) {

    public String id() {
        return heartbeat.id();
    }

    /** Whether it knows {@code workload.list}: ours do, and none that does not tell its processors as ours do. */
    public boolean listsWorkloads() {
        return heartbeat.labels().containsKey(HeartbeatReader.PROCESSORS);
    }
}
