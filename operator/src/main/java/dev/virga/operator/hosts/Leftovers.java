package dev.virga.operator.hosts;

import dev.virga.hostapi.message.WorkloadState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Workloads that were given up with their hosts: stopped when a host is back. */
final class Leftovers implements Consumer<HostEvent> {

    /** Of hosts that do not come back, the longest lost are forgotten. */
    private static final int MOST_HOSTS = 1_000;

    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final HostCommands commands;
    private final Consumer<String> log;
    private final Map<String, Set<String>> byHost = new LinkedHashMap<>();

    Leftovers(HostCommands commands, Consumer<String> log) {
        this.commands = commands;
        this.log = log;
    }

    synchronized void add(String host, String workloadId) {
        byHost.computeIfAbsent(host, _ -> new LinkedHashSet<>()).add(workloadId);
        if (byHost.size() > MOST_HOSTS) {
            byHost.remove(byHost.keySet().iterator().next());
        }
    }

    @Override
    public void accept(HostEvent event) {
        if (event instanceof HostEvent.Appeared(Host host)) {
            take(host.id()).forEach(workload ->
                    Thread.ofVirtual().name("stop " + workload).start(() -> stop(host.id(), workload)));
        }
    }

    private synchronized Set<String> take(String host) {
        Set<String> all = byHost.remove(host);
        return all == null ? Set.of() : all;
    }

    private void stop(String host, String workload) {
        for (int tries = 1; ; tries++) {
            try {
                WorkloadState state = commands.stop(host, workload).workloadState();
                log.accept("host " + host + " is back; workload " + workload + ", which was given up with it, "
                        + (state == WorkloadState.NOT_FOUND ? "was not there any more" : "is stopped there"));
                return;
            } catch (HostException e) {
                if (e instanceof HostException.Absent || tries == TRIES) {
                    add(host, workload); // until it is back again
                    log.accept("workload " + workload + ", which was given up with host " + host
                            + ", could not be stopped there: " + e.getMessage());
                    return;
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does
            }
        }
    }
}
