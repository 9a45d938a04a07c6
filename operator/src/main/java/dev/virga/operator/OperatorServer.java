package dev.virga.operator;

import dev.virga.host.control.AdminServer;
import dev.virga.operator.hosts.HostEvent;
import dev.virga.operator.hosts.Hosts;
import dev.virga.operator.placement.Assignments;
import dev.virga.operator.resource.Api;
import dev.virga.telemetry.Exposition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Looks after the objects of a cluster, and the hosts that report over NATS. */
public final class OperatorServer implements AutoCloseable {

    private static final String LEASE = "virga-operator";
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final OperatorSettings settings;
    private final KubernetesClient client;
    private final Consumer<String> log;
    private final Runnable lost;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final CountDownLatch made = new CountDownLatch(1);
    private final Hosts hosts;
    private final Events events;
    private final Shared shared;
    private final Tracked tracked = new Tracked(InstantSource.system());
    private final OperatorMetrics metrics;
    private final WorkloadReconciler workloads;
    private final HostReconciler hostReconciler;
    private final Optional<AdminServer> admin;
    private volatile Optional<Leading> leading = Optional.empty();
    private volatile boolean started;
    private boolean closed; // guarded by this

    /**
     * Returns when the objects of the cluster have been read; what there is to do is done from then on, by one of all
     * operators that take part in the election.
     *
     * @param client of {@link Clients}; closed by the caller
     * @param log for people; one line
     * @param lost called when another leads, or the cluster cannot be watched any more; has to close this, by another
     *     thread
     * @throws dev.virga.plugin.PluginException.Refused if a setting for NATS is wrong
     * @throws io.javaoperatorsdk.operator.OperatorException if the cluster cannot be read
     */
    public OperatorServer(OperatorSettings settings, KubernetesClient client, Consumer<String> log, Runnable lost) {
        this.settings = settings;
        this.client = client;
        this.log = log;
        this.lost = lost;
        this.metrics = new OperatorMetrics(log);
        try {
            hosts = opened(new Hosts(settings.nats(), settings.patience(), this::hostEvent, log));
            events = opened(new Events(client));
            ClusterConfig config = opened(new ClusterConfig(client, settings.namespaces(), settings.secrets()));
            InstantSource clock = InstantSource.system();
            shared = new Shared(
                    new Writes(client), hosts, scheduler(), new Assignments(clock), config, events, clock, settings);
            workloads = new WorkloadReconciler(shared, tracked);
            hostReconciler = new HostReconciler(shared);
            DeploymentReconciler deployments = new DeploymentReconciler(shared);
            config.listen(workloads::configChanged);
            config.listen(deployments::configChanged);
            Operator operator = new Operator(o -> configure(o, client));
            register(operator, hostReconciler, "host", Optional.of(Api.HOST_FINALIZER), Set.of(settings.namespace()));
            register(operator, new ArtifactReconciler(shared), "artifact", Optional.of(Api.ARTIFACT_FINALIZER),
                    settings.namespaces());
            register(operator, deployments, "deployment", Optional.empty(), settings.namespaces());
            register(operator, new ReplicaSetReconciler(shared), "replicaset", Optional.empty(), settings.namespaces());
            register(operator, workloads, "workload", Optional.of(Api.WORKLOAD_FINALIZER), settings.namespaces());
            admin = settings.admin().map(address ->
                    opened(new AdminServer(address, this::exposition, () -> started)));
            settings.leader().ifPresent(identity -> parts.add(() -> releaseLease(identity)));
            parts.add(operator::stop);
            operator.start();
            started = true;
            if (settings.leader().isEmpty()) {
                lead();
            }
            made.countDown();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    private void configure(ConfigurationServiceOverrider overrider, KubernetesClient client) {
        overrider.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                // What was written is not lost again to an event of something older.
                .withParseResourceVersions(true)
                .withMetrics(metrics)
                // A reconciler may wait for a host; what it writes meanwhile is bounded by itself.
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withReconciliationTerminationTimeout(GRACE)
                .withInformerStoppedHandler((_, why) -> {
                    if (why != null) {
                        log.accept("the cluster cannot be watched any more: " + why.getMessage());
                        lost.run();
                    }
                });
        settings.leader().ifPresent(identity -> overrider.withLeaderElectionConfiguration(
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                        .withLeaseNamespace(settings.namespace())
                        .withIdentity(identity)
                        .withExitOnStopLeading(false)
                        .withLeaderCallbacks(new LeaderCallbacks(this::leadOrGiveUp, this::follow, leader ->
                                log.accept("operator " + leader + " leads")))
                        .build()));
    }

    private <P extends HasMetadata> void register(
            Operator operator,
            Reconciler<P> reconciler,
            String name,
            Optional<String> finalizer,
            Set<String> namespaces) {
        operator.register(reconciler, (ControllerConfigurationOverrider<P> overrider) -> {
            overrider.withName(name)
                    .withFieldManager("virga-operator-" + name)
                    .withGenerationAware(false) // annotations matter too
                    .withOnUpdateFilter(OperatorServer::matters)
                    .withRetry(new GenericRetry()
                            .setInitialInterval(FIRST_RETRY)
                            .setMaxInterval(LONGEST_RETRY.toMillis())
                            .withoutMaxAttempts());
            finalizer.ifPresent(overrider::withFinalizer);
            Caches.<P>store(settings).ifPresent(overrider::withItemStore);
            if (namespaces.isEmpty()) {
                overrider.watchingAllNamespaces();
            } else {
                overrider.settingNamespaces(namespaces);
            }
        });
    }

    /** The uid of its namespace is no other operator's, and stays. */
    private String scheduler() {
        try {
            return Optional.ofNullable(client.namespaces().withName(settings.namespace()).get())
                    .map(n -> n.getMetadata().getUid())
                    .orElse("");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            log.accept("workloads whose objects are gone go on running on hosts that come back: the operator may not"
                    + " get the namespace " + settings.namespace() + ", by which it knows what it has placed");
            return "";
        }
    }

    /**
     * Statuses and numbers of revisions are what we write ourselves. A number is written before its set: were it looked at
     * again for that, a set that is refused would be tried without a pause.
     */
    private static boolean matters(HasMetadata now, HasMetadata before) {
        ObjectMeta a = now.getMetadata();
        ObjectMeta b = before.getMetadata();
        return !Objects.equals(a.getGeneration(), b.getGeneration())
                || !annotations(a).equals(annotations(b))
                || !Objects.equals(a.getLabels(), b.getLabels())
                || !Objects.equals(a.getFinalizers(), b.getFinalizers())
                || !Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp());
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        Map<String, String> others = new HashMap<>(metadata.getAnnotations());
        others.remove(Names.REVISION);
        return others;
    }

    private synchronized void lead() {
        if (!closed && leading.isEmpty()) {
            leading = Optional.of(new Leading(shared, client, hostReconciler, workloads, tracked, log));
        }
    }

    private void leadOrGiveUp() {
        try {
            lead();
        } catch (RuntimeException e) {
            log.accept("the operator cannot lead: " + e.getMessage());
            lost.run();
        }
    }

    private void follow() {
        stopLeading();
        lost.run();
    }

    private synchronized void stopLeading() {
        leading.ifPresent(Leading::close);
        leading = Optional.empty();
    }

    /** Another one need not wait until it lapses. */
    private void releaseLease(String identity) {
        Resource<Lease> lease = client.leases().inNamespace(settings.namespace()).withName(LEASE);
        Lease now = lease.get();
        if (now != null && identity.equals(now.getSpec().getHolderIdentity())) {
            now.getSpec().setHolderIdentity("");
            client.resource(now).lockResourceVersion(now.getMetadata().getResourceVersion()).update();
        }
    }

    private void hostEvent(HostEvent event) {
        try {
            made.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        switch (event) {
            case HostEvent.Appeared(var host) -> whoLeads().ifPresent(l -> l.hostAppeared(host));
            case HostEvent.Changed(var host) -> hostChanged(host.id(), host.heartbeat().friendlyName());
            case HostEvent.Lost(String id, String name, String reason) -> {
                logIfLeading("host " + id + " is given up: " + reason);
                hostChanged(id, name);
            }
            case HostEvent.EvictionsHeld held -> logIfLeading(held.message());
            case HostEvent.EvictionsResumed _ -> logIfLeading("silent hosts are given up again");
        }
    }

    /** Others that wait see the same, and do nothing about it. */
    private void logIfLeading(String line) {
        if (leads()) {
            log.accept(line);
        }
    }

    private void hostChanged(String id, String name) {
        whoLeads().ifPresent(l -> l.hostChanged(id, name));
    }

    /** Waits for one that is being made: it must not miss what happens meanwhile. */
    private synchronized Optional<Leading> whoLeads() {
        return leading;
    }

    private Exposition exposition(String accept) {
        return Exposition.of(
                accept, metrics.snapshot(hosts.registry(), tracked, events, leading.isPresent()));
    }

    /** Where metrics and health are answered, if they are. */
    public Optional<URI> admin() {
        return admin.map(AdminServer::uri);
    }

    /** Whether this is the operator that acts. */
    public boolean leads() {
        return leading.isPresent();
    }

    /** What runs on hosts goes on. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        made.countDown();
        stopLeading();
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) { // the others are closed all the same
                log.accept("the operator does not stop as it should: " + e);
            }
        }
    }
}
