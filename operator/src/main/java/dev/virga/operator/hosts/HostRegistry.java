package dev.virga.operator.hosts;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.operator.placement.HostCondition;
import dev.virga.operator.placement.HostView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The hosts that report, and whether they still do. A host is lost when it has missed heartbeats and does not answer
 * either. What time the operator itself could not hear does not count, and if many are silent at once none is given up.
 * Used by many threads.
 */
public final class HostRegistry {

    private static final int MOST = 10_000;

    private final Patience patience;
    private final LongSupplier clock;
    private final Consumer<String> ask;
    private final Consumer<HostEvent> events;
    private final Liveness liveness;
    private final Map<String, Known> hosts = new LinkedHashMap<>();
    private boolean held;
    private boolean hearing;
    private long expectedCheck;

    /**
     * @param clock nanoseconds that never go back
     * @param ask asks a host for a heartbeat, and tells by {@link #heard} or {@link #unanswered}; returns at once
     * @param events returns at once; called with one event after the other
     */
    HostRegistry(Patience patience, LongSupplier clock, Consumer<String> ask, Consumer<HostEvent> events) {
        this.patience = patience;
        this.clock = clock;
        this.ask = ask;
        this.events = events;
        this.liveness = new Liveness(patience);
        this.expectedCheck = clock.getAsLong();
    }

    /** The hosts that have reported and are not lost. */
    public synchronized List<HostView> views() {
        return hosts.values().stream().flatMap(k -> k.host().stream()).map(Host::view).toList();
    }

    public synchronized List<Host> hosts() {
        return hosts.values().stream().flatMap(k -> k.host().stream()).toList();
    }

    public synchronized Optional<Host> host(String id) {
        return Optional.ofNullable(hosts.get(id)).flatMap(Known::host);
    }

    /** Whether it reports or is waited for; a host that is lost is not known. */
    public synchronized boolean isKnown(String id) {
        return hosts.containsKey(id);
    }

    /** Whether it is to be left by its workloads, as it says itself or is {@linkplain #mark marked}, reported or not. */
    public synchronized boolean drains(String id) {
        return Optional.ofNullable(hosts.get(id)).filter(Known::drains).isPresent();
    }

    /** Whether there is a connection to NATS. */
    public synchronized boolean isHearing() {
        return hearing;
    }

    /** Whether silent hosts are not given up for now. */
    public synchronized boolean areEvictionsHeld() {
        return held;
    }

    /**
     * Waits for a host that was there before the operator was: if it does not report, it is lost after as long as one
     * that falls silent.
     *
     * @param name of its object
     */
    public synchronized void expect(String id, String name) {
        if (!hosts.containsKey(id)) {
            hosts.put(id, new Known(id, name));
            liveness.heard(id, clock.getAsLong());
        }
    }

    /** A host is gone for sure, as when its pod was deleted. It is lost at once. */
    public synchronized void gone(String id, String reason) {
        Known known = hosts.remove(id);
        liveness.forget(id);
        if (known != null) {
            events.accept(new HostEvent.Lost(id, known.name(), reason));
            settle();
        }
    }

    /**
     * Says what is wanted of a host: {@link HostCondition#CORDONED}, {@code DRAINING}, or {@code READY} for neither.
     * Nothing happens if it is not known.
     */
    public synchronized void mark(String id, HostCondition condition) {
        Known known = hosts.get(id);
        if (known != null) {
            known.mark(condition);
            update(known);
        }
    }

    /**
     * A host tells of itself.
     *
     * @throws IllegalArgumentException if there are too many
     */
    synchronized void heard(HostHeartbeat heartbeat) {
        String id = heartbeat.id();
        if (!hosts.containsKey(id) && hosts.size() >= MOST) {
            throw new IllegalArgumentException("there are " + MOST + " hosts already");
        }
        Known known = hosts.computeIfAbsent(id, _ -> new Known(id, heartbeat.friendlyName()));
        boolean first = known.host().isEmpty();
        liveness.heard(id, clock.getAsLong());
        if (known.report(heartbeat, Instant.now())) {
            Host host = known.host().orElseThrow();
            events.accept(first ? new HostEvent.Appeared(host) : new HostEvent.Changed(host));
        }
        if (first) {
            askWhomItReplaces(heartbeat);
        }
        if (held) {
            settle();
        }
    }

    /** A host that was started again has another id; the one before it cannot listen on the same address any more. */
    private void askWhomItReplaces(HostHeartbeat next) {
        hosts().stream()
                .filter(h -> !h.id().equals(next.id())
                        && h.heartbeat().hostname().equals(next.hostname())
                        && h.heartbeat().httpPort() == next.httpPort())
                .forEach(h -> ask.accept(h.id()));
    }

    /**
     * A host that was asked has not answered.
     *
     * @param absent whether it is sure that it is not at NATS
     */
    synchronized void unanswered(String id, boolean absent) {
        liveness.unanswered(id);
        Optional<Host> host = host(id);
        if (absent && host.isPresent() && isReplaced(host.get().heartbeat())) {
            gone(id, "another host has started in its place");
        } else {
            settle();
        }
    }

    private boolean isReplaced(HostHeartbeat heartbeat) {
        return hosts().stream()
                .map(Host::heartbeat)
                .anyMatch(h -> !h.id().equals(heartbeat.id())
                        && h.hostname().equals(heartbeat.hostname())
                        && h.httpPort() == heartbeat.httpPort()
                        && HeartbeatReader.startedAt(h).isAfter(HeartbeatReader.startedAt(heartbeat)));
    }

    /** Nothing can be heard, or all can be again. */
    synchronized void hearing(boolean now) {
        hearing = now;
        if (now) {
            liveness.hearing(clock.getAsLong());
        } else {
            liveness.deaf();
        }
    }

    /**
     * Sees who is silent.
     *
     * @return nanoseconds until that has to be done again
     */
    synchronized long check() {
        long now = clock.getAsLong();
        if (hearing && now - expectedCheck > patience.interval().toNanos()) {
            liveness.hearing(now); // the operator itself was stopped
        }
        List<Known> changed = hosts.values().stream().filter(k -> updated(k, now)).toList();
        changed.forEach(k -> events.accept(new HostEvent.Changed(k.host().orElseThrow())));
        liveness.overdue(now).forEach(ask);
        settle();
        long next = Math.min(liveness.untilNext(now), patience.interval().toNanos());
        expectedCheck = now + next;
        return next;
    }

    private boolean updated(Known known, long now) {
        return known.update(hearing && liveness.isSilent(known.id(), now));
    }

    private void update(Known known) {
        if (updated(known, clock.getAsLong())) {
            events.accept(new HostEvent.Changed(known.host().orElseThrow()));
        }
    }

    /** Gives lost hosts up, unless that would be too many. */
    private void settle() {
        List<String> lost = liveness.lost();
        long now = clock.getAsLong();
        if (!lost.isEmpty() && liveness.isLargeShare(now)) {
            if (!held) {
                held = true;
                events.accept(new HostEvent.EvictionsHeld(liveness.silent(now), liveness.known()));
            }
            return;
        }
        if (held) {
            held = false;
            liveness.hearing(now); // hosts come back one after the other: the last have their time too
            events.accept(new HostEvent.EvictionsResumed());
            return;
        }
        for (String id : lost) {
            Known known = hosts.remove(id);
            liveness.forget(id);
            events.accept(new HostEvent.Lost(
                    id, known.name(), "it has missed " + patience.missed() + " heartbeats and does not answer"));
        }
    }
}
