package dev.virga.operator.hosts;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.operator.placement.HostCondition;
import java.time.Instant;
import java.util.Optional;

/** What the registry keeps of a host; guarded by its lock. */
final class Known {

    private final String id;
    private String name;
    private HostCondition mark = HostCondition.READY;
    private Optional<Host> host = Optional.empty();

    /** @param name of its object, for messages */
    Known(String id, String name) {
        this.id = id;
        this.name = name;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    /** Empty if it has not reported yet. */
    Optional<Host> host() {
        return host;
    }

    /** What somebody wants of it, whatever it says itself. */
    void mark(HostCondition condition) {
        mark = condition;
    }

    boolean drains() {
        return mark == HostCondition.DRAINING
                || host.filter(h -> h.view().condition() == HostCondition.DRAINING).isPresent();
    }

    /** True if others than measured values have changed. */
    boolean report(HostHeartbeat heartbeat, Instant heard) {
        Optional<Host> before = host;
        name = heartbeat.friendlyName();
        HostCondition condition = condition(heartbeat, false);
        host = Optional.of(new Host(heartbeat, HeartbeatReader.view(heartbeat, before, condition, heard)));
        return before.isEmpty()
                || before.get().view().condition() != condition
                || !HeartbeatReader.isSame(before.get().heartbeat(), heartbeat);
    }

    /** True if its condition is another one now. */
    boolean update(boolean silent) {
        if (host.isEmpty()) {
            return false;
        }
        Host before = host.get();
        HostCondition condition = condition(before.heartbeat(), silent);
        if (condition == before.view().condition()) {
            return false;
        }
        Instant heard = before.view().lastHeartbeat();
        host = Optional.of(
                new Host(before.heartbeat(), HeartbeatReader.view(before.heartbeat(), host, condition, heard)));
        return true;
    }

    private HostCondition condition(HostHeartbeat heartbeat, boolean silent) {
        if (mark == HostCondition.DRAINING || HeartbeatReader.isDraining(heartbeat)) {
            return HostCondition.DRAINING;
        }
        if (mark == HostCondition.CORDONED) {
            return HostCondition.CORDONED;
        }
        return silent ? HostCondition.SILENT : HostCondition.READY;
    }
}
