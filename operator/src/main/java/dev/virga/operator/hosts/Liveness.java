package dev.virga.operator.hosts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which hosts are lost, from when they were heard of. Times are nanoseconds of a clock that never goes back.
 * While nothing can be heard no time counts, and after that each host has all its time again.
 */
final class Liveness {

    private enum State {
        HEARD,
        ASKED,
        LOST
    }

    private static final class Host {
        private long last;
        private State state = State.HEARD;

        Host(long last) {
            this.last = last;
        }
    }

    private final Patience patience;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private boolean hearing;

    Liveness(Patience patience) {
        this.patience = patience;
    }

    /** A host has told of itself, or is to be waited for. */
    void heard(String id, long now) {
        Host host = hosts.computeIfAbsent(id, _ -> new Host(now));
        host.last = now;
        host.state = State.HEARD;
    }

    void forget(String id) {
        hosts.remove(id);
    }

    /** Nothing can be heard now. */
    void deaf() {
        hearing = false;
    }

    /** From now on hosts can be heard, which for some time they could not. */
    void hearing(long now) {
        hearing = true;
        hosts.keySet().forEach(id -> heard(id, now));
    }

    /** The hosts that have to be asked now; each once. */
    List<String> overdue(long now) {
        List<String> overdue = new ArrayList<>();
        hosts.forEach((id, host) -> {
            if (hearing && host.state == State.HEARD && now - host.last >= patience.untilOverdue()) {
                host.state = State.ASKED;
                overdue.add(id);
            }
        });
        return overdue;
    }

    /** A host that was asked has not answered. It may have been heard of since. */
    void unanswered(String id) {
        Host host = hosts.get(id);
        if (hearing && host != null && host.state == State.ASKED) {
            host.state = State.LOST;
        }
    }

    /** Including those that may not be given up. */
    List<String> lost() {
        return hosts.entrySet().stream()
                .filter(e -> e.getValue().state == State.LOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether so many are silent that this is no failure of hosts. */
    boolean isLargeShare(long now) {
        return silent(now) >= patience.largeShare() * hosts.size();
    }

    long silent(long now) {
        return hosts.values().stream().filter(h -> isSilent(h, now)).count();
    }

    int known() {
        return hosts.size();
    }

    boolean isSilent(String id, long now) {
        Host host = hosts.get(id);
        return host == null || isSilent(host, now);
    }

    private boolean isSilent(Host host, long now) {
        return host.state != State.HEARD || now - host.last >= patience.untilSilent();
    }

    /** When something may happen next if nothing is heard: so many nanoseconds from now, or never. */
    long untilNext(long now) {
        long next = Long.MAX_VALUE;
        for (Host host : hosts.values()) {
            long silence = now - host.last;
            if (host.state == State.HEARD) {
                long wait = (silence < patience.untilSilent() ? patience.untilSilent() : patience.untilOverdue()) - silence;
                next = Math.min(next, Math.max(0, wait));
            }
        }
        return hearing ? next : Long.MAX_VALUE;
    }
}
