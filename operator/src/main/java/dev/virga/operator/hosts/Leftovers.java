package dev.virga.operator.hosts;

import dev.virga.hostapi.message.WorkloadState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Workloads that were given up with their hosts: stopped when a host is back. */
final class Leftovers implements Consumer<HostEvent> {

    /** Of hosts that do not come back, the longest lost are forgotten. */
    private static final int MOST_HOSTS = 1_000;

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
        try {
            WorkloadState state = commands.stop(host, workload).workloadState();
            log.accept("host " + host + " is back; workload " + workload + ", which runs elsewhere, "
                    + (state == WorkloadState.NOT_FOUND ? "was not there any more" : "is stopped there"));
        } catch (HostException e) {
            add(host, workload); // it is lost again, or will be
            log.accept("workload " + workload + " could not be stopped on host " + host + ", which is back: "
                    + e.getMessage());
        }
    }
}
