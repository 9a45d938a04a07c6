import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.host.control.ControlClient;
import dev.virga.host.control.ControlException;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Looks at the cluster and at the hosts themselves, ten times a second. */
final class Watch implements AutoCloseable {

    /** What was seen at once; what hosts run is by the hosts' names. */
    record Look(long nanos, List<WorkloadObject> workloads, List<HostObject> hosts, Map<String, Set<String>> runs) {

        long ready() {
            return workloads.stream().filter(Watch::isReady).count();
        }
    }

    /** Ports of the hosts that have a workload that is ready, as a service's endpoints would be. */
    final Set<Integer> targets = ConcurrentHashMap.newKeySet();

    private final KubernetesClient client;
    private final Machine machine;
    private final List<Machine.Host> hosts;
    private final Map<String, ControlClient> controls = new HashMap<>();
    private final Map<String, Long> doubleSince = new HashMap<>();
    private final Thread thread;
    private long longestDouble;
    private int fewest;
    private Look last;

    Watch(KubernetesClient client, Machine machine, List<Machine.Host> hosts) {
        this.client = client;
        this.machine = machine;
        this.hosts = hosts;
        hosts.forEach(host -> controls.put(host.name(), new ControlClient(host.data())));
        thread = Thread.ofPlatform().daemon().start(this::run);
    }

    static boolean isReady(WorkloadObject workload) {
        return workload.getMetadata().getDeletionTimestamp() == null
                && workload.status().conditions().stream()
                        .anyMatch(c -> c.type().equals(Condition.READY) && c.isTrue());
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void look() {
        List<WorkloadObject> workloads;
        List<HostObject> objects;
        try {
            workloads = client.resources(WorkloadObject.class).inAnyNamespace().list().getItems();
            objects = client.resources(HostObject.class).inAnyNamespace().list().getItems();
        } catch (RuntimeException e) {
            return; // before the definitions are there
        }
        Map<String, Set<String>> runs = new TreeMap<>();
        for (Machine.Host host : hosts) {
            if (machine.isAlive(host.name())) {
                runs.put(host.name(), running(host));
            }
        }
        Map<String, Integer> ports = new HashMap<>();
        objects.forEach(host -> ports.put(host.hostId(), host.httpPort()));
        Set<Integer> now = new HashSet<>();
        workloads.stream().filter(Watch::isReady).map(w -> ports.get(w.status().hostId())).filter(p -> p != null)
                .forEach(now::add);
        targets.retainAll(now);
        targets.addAll(now);
        seen(new Look(System.nanoTime(), workloads, objects, runs));
    }

    private Set<String> running(Machine.Host host) {
        Set<String> names = new HashSet<>();
        try {
            for (JsonNode object : controls.get(host.name()).objects(Map.of()).path("objects")) {
                if (object.path("kind").asText().equals("Workload")) {
                    names.add(object.path("metadata").path("name").asText());
                }
            }
        } catch (ControlException e) {
            names.add("what " + host.name() + " runs is not known: it starts, or ends");
        }
        return names;
    }

    private synchronized void seen(Look look) {
        Map<String, Integer> count = new HashMap<>();
        look.runs().values().forEach(names -> names.forEach(name -> count.merge(name, 1, Integer::sum)));
        count.forEach((name, n) -> {
            if (n > 1) {
                longestDouble = Math.max(longestDouble, look.nanos() - doubleSince.computeIfAbsent(name, _ -> look.nanos()));
            }
        });
        doubleSince.keySet().removeIf(name -> count.getOrDefault(name, 0) < 2);
        fewest = (int) Math.min(fewest, look.ready());
        last = look;
        notifyAll();
    }

    synchronized void reset() {
        longestDouble = 0;
        fewest = Integer.MAX_VALUE;
    }

    synchronized double longestDoubleSeconds() {
        return longestDouble / 1e9;
    }

    synchronized int fewestReady() {
        return fewest;
    }

    /** Returns the first look after now of which this is true. */
    synchronized Look await(String what, int seconds, Predicate<Look> wanted)
            throws InterruptedException {
        long from = System.nanoTime();
        while (last == null || last.nanos() < from || !wanted.test(last)) {
            if (System.nanoTime() - from > seconds * 1_000_000_000L) {
                throw new IllegalStateException("not within " + seconds + " s: " + what + "\n" + describe());
            }
            wait(1_000);
        }
        return last;
    }

    synchronized String describe() {
        List<String> lines = new ArrayList<>();
        if (last != null) {
            last.workloads().forEach(w -> lines.add("workload " + w.getMetadata().getName() + " on "
                    + w.status().hostId() + " ready " + isReady(w) + " left on " + w.status().leftOn()));
            last.hosts().forEach(h -> lines.add("host " + h.hostId() + " port " + h.httpPort()));
            last.runs().forEach((host, names) -> lines.add("on " + host + ": " + names));
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        thread.interrupt();
        controls.values().forEach(ControlClient::close);
    }
}
