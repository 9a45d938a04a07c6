package dev.virga.operator.hosts;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.MessageException;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WitInterface;
import dev.virga.operator.placement.HostCondition;
import dev.virga.operator.placement.HostLoad;
import dev.virga.operator.placement.HostView;
import dev.virga.operator.placement.InterfaceSet;
import dev.virga.operator.placement.Resources;
import dev.virga.wit.Id;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what hosts, which nobody vouches for, say of themselves. */
final class HeartbeatReader {

    /** Label of how many processors a host has. The message has no field for it, and no room for one. */
    static final String PROCESSORS = "virga.dev/processors";

    /** Label of a host that is about to stop. */
    static final String DRAINING = "virga.dev/draining";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_LABELS = 256;

    private HeartbeatReader() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Reads one.
     *
     * @param id of the host that the subject is for: what one may publish NATS checks
     * @throws MessageException if it is none
     * @throws IllegalArgumentException if it cannot be the one of a host
     */
    static HostHeartbeat read(String id, byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new IllegalArgumentException("it has " + body.length + " bytes; at most " + MOST_BYTES + " are taken");
        }
        return checked(id, ProtoJson.read(body, HostHeartbeat.class));
    }

    /** @throws IllegalArgumentException if it cannot be the one of this host */
    static HostHeartbeat checked(String id, HostHeartbeat heartbeat) {
        if (!isId(id) || !heartbeat.id().equals(id)) {
            throw new IllegalArgumentException("its id is not the subject's");
        }
        if (!NAME.matcher(heartbeat.friendlyName()).matches()) {
            throw new IllegalArgumentException("its friendlyName is none that an object can have");
        }
        if (heartbeat.labels().size() > MOST_LABELS) {
            throw new IllegalArgumentException("it has more than " + MOST_LABELS + " labels");
        }
        if (heartbeat.httpPort() < 0 || heartbeat.httpPort() > 65_535) {
            throw new IllegalArgumentException("its httpPort is none");
        }
        return heartbeat;
    }

    /** Whether two tell the same but for what is measured. */
    static boolean isSame(HostHeartbeat a, HostHeartbeat b) {
        return a.friendlyName().equals(b.friendlyName())
                && a.hostname().equals(b.hostname())
                && a.httpPort() == b.httpPort()
                && a.version().equals(b.version())
                && a.labels().equals(b.labels())
                && a.environment().equals(b.environment())
                && a.startedAt().equals(b.startedAt())
                && isSameWorld(a, b);
    }

    private static boolean isSameWorld(HostHeartbeat a, HostHeartbeat b) {
        return a.imports().equals(b.imports()) && a.exports().equals(b.exports());
    }

    /** Long ago if it does not say. */
    static Instant startedAt(HostHeartbeat heartbeat) {
        try {
            return Instant.parse(heartbeat.startedAt());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    static boolean isDraining(HostHeartbeat heartbeat) {
        return "true".equals(heartbeat.labels().get(DRAINING));
    }

    /** @param before of the same host, if there was one: its interfaces seldom change */
    static HostView view(HostHeartbeat heartbeat, Optional<Host> before, HostCondition condition, Instant heard) {
        return new HostView(
                heartbeat.id(),
                heartbeat.friendlyName(),
                heartbeat.labels(),
                Optional.of(heartbeat.environment()).filter(e -> !e.isEmpty()),
                Optional.ofNullable(heartbeat.labels().get(HostView.ZONE))
                        .or(() -> Optional.ofNullable(heartbeat.labels().get("zone"))),
                before.filter(b -> isSameWorld(b.heartbeat(), heartbeat))
                        .map(b -> b.view().interfaces())
                        .orElseGet(() -> interfaces(heartbeat)),
                capacity(heartbeat),
                used(heartbeat),
                HostLoad.NONE,
                condition,
                heard);
    }

    private static InterfaceSet interfaces(HostHeartbeat heartbeat) {
        List<Id> offered = Stream.concat(heartbeat.imports().stream(), heartbeat.exports().stream())
                .flatMap(HeartbeatReader::interfaces)
                .toList();
        return new InterfaceSet(offered);
    }

    /** Names that are none no workload can ask for either. */
    private static Stream<Id> interfaces(WitInterface entry) {
        String version = entry.version().isEmpty() ? "" : "@" + entry.version();
        return entry.interfaces().stream()
                .flatMap(name -> Id.parse(entry.namespace() + ":" + entry.packageName() + "/" + name + version).stream());
    }

    private static Resources capacity(HostHeartbeat heartbeat) {
        long memory = heartbeat.systemMemoryTotal();
        long milliCpu = milliCpu(heartbeat);
        return new Resources(
                memory > 0 ? memory : Resources.UNKNOWN, milliCpu > 0 ? milliCpu : Resources.UNKNOWN);
    }

    private static Resources used(HostHeartbeat heartbeat) {
        long memory = heartbeat.systemMemoryTotal() - heartbeat.systemMemoryFree();
        double cpu = milliCpu(heartbeat) * (double) heartbeat.systemCpuUsage() / 100;
        return new Resources(Math.max(0, memory), cpu > 0 ? (long) cpu : 0);
    }

    private static long milliCpu(HostHeartbeat heartbeat) {
        String processors = heartbeat.labels().getOrDefault(PROCESSORS, "");
        return processors.matches("[0-9]{1,5}") ? 1000 * Long.parseLong(processors) : 0;
    }
}
