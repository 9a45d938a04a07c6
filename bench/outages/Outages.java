import dev.virga.operator.crd.Crds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lets one thing after the other fail in a cluster of three hosts; see outages.sh. */
final class Outages implements AutoCloseable {

    private static final int REPLICAS = 6;
    private static final int PATIENCE = 180;

    private final Machine machine;
    private final KubernetesClient client;
    private final List<Machine.Host> hosts = new ArrayList<>();
    private final List<Machine.Operator> operators = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Watch watch;
    private int version;
    private long event;

    private Outages(Path work, Path logs) throws Exception {
        machine = new Machine(work, logs);
        Config config = Config.fromKubeconfig(machine.kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
        for (String name : List.of("host-a", "host-b", "host-c")) {
            hosts.add(machine.newHost(name));
        }
        watch = new Watch(client, machine, hosts);
    }

    public static void main(String[] args) throws Exception {
        List<String> failures = args.length > 3
                ? Arrays.asList(args).subList(3, args.length)
                : List.of("kill", "cut", "nats", "operator", "rollout");
        try (Outages outages = new Outages(Path.of(args[0]), Path.of(args[1]))) {
            outages.start();
            System.out.println("| | s until all was as wanted | answered | not accepted | failed | fewest ready"
                    + " | longest on two hosts, s |\n|---|--:|--:|--:|--:|--:|--:|");
            for (String failure : failures) {
                switch (failure) {
                    case "kill" -> outages.killHost();
                    case "cut" -> outages.cutHost();
                    case "nats" -> outages.stopNats(Integer.parseInt(args[2]));
                    case "operator" -> outages.killOperator();
                    case "rollout" -> outages.killHostInRollout();
                    default -> throw new IllegalArgumentException("no such failure: " + failure);
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0); // of the clients that are closed threads stay
    }

    private void start() throws Exception {
        awaitApi();
        Crds.all().values().forEach(crd -> client.resource(client.getKubernetesSerialization()
                .convertValue(crd, CustomResourceDefinition.class)).create());
        for (Machine.Host host : hosts) {
            machine.start(host);
        }
        for (String name : List.of("operator-a", "operator-b")) {
            Machine.Operator operator = machine.newOperator(name);
            operators.add(operator);
            machine.start(operator);
        }
        watch.await("three hosts", PATIENCE, look -> look.hosts().size() == 3);
        apply();
        for (Machine.Host host : hosts) {
            clients.add(new Client(host.port(), watch.targets));
        }
        watch.await("replicas", PATIENCE, whole(hosts, Set.of()));
    }

    private void awaitApi() throws InterruptedException {
        while (true) {
            try {
                if ("ok".equals(client.raw("/readyz"))) {
                    return;
                }
            } catch (KubernetesClientException e) {
                // not yet
            }
            Thread.sleep(200);
        }
    }

    /** Each time another version. */
    private void apply() {
        version++;
        String image = Path.of("examples/http-api/api.wasm").toAbsolutePath().toString();
        client.resource("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: api, namespace: default}
                spec:
                  replicas: %d
                  template:
                    spec:
                      components:
                        - name: api
                          image: "file:%s"
                          localResources: {environment: {config: {VERSION: "%d"}}}
                      hostInterfaces:
                        - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: "127.0.0.1"}}
                """.formatted(REPLICAS, image, version)).serverSideApply();
    }

    /** All replicas are ready on these hosts and run only there, none of the old ones is left, and no other host. */
    private static Predicate<Watch.Look> whole(List<Machine.Host> living, Set<String> old) {
        Set<Integer> ports = living.stream().map(Machine.Host::port).collect(Collectors.toSet());
        return look -> {
            Set<String> ids = new HashSet<>();
            Set<Integer> known = new HashSet<>();
            look.hosts().forEach(host -> {
                ids.add(host.hostId());
                known.add(host.httpPort());
            });
            return look.hosts().size() == living.size()
                    && known.equals(ports)
                    && look.workloads().size() == REPLICAS
                    && look.workloads().stream().allMatch(workload -> Watch.isReady(workload)
                            && ids.contains(workload.status().hostId())
                            && !old.contains(workload.getMetadata().getUid()))
                    && look.runs().values().stream().mapToInt(Set::size).sum() == REPLICAS;
        };
    }

    private void begin() {
        clients.forEach(Client::reset);
        watch.reset();
        event = System.nanoTime();
    }

    private void report(String what) {
        report(what, "%.1f".formatted((System.nanoTime() - event) / 1e9));
    }

    private void report(String what, String seconds) {
        System.out.printf("| %s | %s | %d | %d | %d | %d | %.1f |%n", what, seconds,
                clients.stream().mapToInt(c -> c.answered.get()).sum(),
                clients.stream().mapToInt(c -> c.notAccepted.get()).sum(),
                failedByTheLiving(),
                watch.fewestReady(), watch.longestDoubleSeconds());
        clients.stream().map(Client::last).filter(last -> !last.isEmpty()).forEach(System.err::println);
    }

    /** What a killed host had accepted is lost with it. */
    private int failedByTheLiving() {
        int failed = 0;
        for (int i = 0; i < clients.size(); i++) {
            failed += machine.isAlive(hosts.get(i).name()) ? clients.get(i).failed.get() : 0;
        }
        return failed;
    }

    private List<Machine.Host> without(Machine.Host host) {
        return hosts.stream().filter(other -> !other.equals(host)).toList();
    }

    /** The one that runs most, so that something fails. */
    private Machine.Host victim() throws InterruptedException {
        Watch.Look look = watch.await("a look", PATIENCE, _ -> true);
        return hosts.stream()
                .max(Comparator.comparingInt(host -> look.runs().get(host.name()).size()))
                .orElseThrow();
    }

    private void back(Machine.Host host) throws Exception {
        machine.start(host);
        watch.await("all hosts", PATIENCE, whole(hosts, Set.of()));
    }

    private void killHost() throws Exception {
        Machine.Host host = victim();
        begin();
        machine.kill(host.name());
        watch.await("as wanted without the killed host", PATIENCE, whole(without(host), Set.of()));
        report("kill -9 of a host");
        back(host);
    }

    /** What runs on the host that is cut off goes on there as well, until it is back. */
    private void cutHost() throws Exception {
        Machine.Host host = victim();
        begin();
        host.nats().cut(true);
        Set<Integer> others = without(host).stream().map(Machine.Host::port).collect(Collectors.toSet());
        watch.await("workloads elsewhere", PATIENCE, look -> look.ready() == REPLICAS
                && look.hosts().stream().map(h -> h.httpPort()).collect(Collectors.toSet()).equals(others));
        report("a host cut off from NATS");
        begin();
        host.nats().cut(false);
        watch.await("as wanted with all hosts", PATIENCE, whole(hosts, Set.of()));
        report("that host back");
    }

    private void stopNats(int seconds) throws Exception {
        Set<String> places = places();
        begin();
        machine.kill("nats");
        Thread.sleep(seconds * 1_000L);
        report("no NATS", "(" + seconds + " s away)");
        begin();
        machine.startNats();
        watch.await("as wanted", PATIENCE, whole(hosts, Set.of()));
        Thread.sleep(60_000); // hosts that were given up too soon would be by now
        if (!places().equals(places)) {
            System.out.println("PLACED ANEW: " + places + " → " + places());
        }
        report("NATS back, and a minute", "–");
    }

    private Set<String> places() throws InterruptedException {
        return watch.await("a look", PATIENCE, _ -> true).workloads().stream()
                .map(w -> w.getMetadata().getName() + " on " + w.status().hostId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the ids of what is to be replaced, once something that is new is ready. */
    private Set<String> startRollout() throws InterruptedException {
        Set<String> old = watch.await("a look", PATIENCE, _ -> true).workloads().stream()
                .map(w -> w.getMetadata().getUid())
                .collect(Collectors.toSet());
        begin();
        apply();
        watch.await("a part of the rollout", PATIENCE, look -> look.workloads().stream()
                .filter(Watch::isReady)
                .anyMatch(w -> !old.contains(w.getMetadata().getUid())));
        return old;
    }

    private void killOperator() throws Exception {
        Machine.Operator leader = operators.stream().filter(machine::leads).findFirst().orElseThrow();
        Set<String> old = startRollout();
        event = System.nanoTime();
        machine.kill(leader.name());
        watch.await("as wanted, by the other operator", PATIENCE, whole(hosts, old));
        report("kill -9 of the leading operator in a rollout");
        machine.start(leader);
    }

    private void killHostInRollout() throws Exception {
        Machine.Host host = victim();
        Set<String> old = startRollout();
        event = System.nanoTime();
        machine.kill(host.name());
        watch.await("as wanted without the killed host", PATIENCE, whole(without(host), old));
        report("kill -9 of a host in a rollout");
        back(host);
    }

    @Override
    public void close() throws Exception {
        clients.forEach(Client::close);
        watch.close();
        client.close();
        machine.close();
    }
}
