package dev.virga.cli.cluster;

import dev.virga.cli.CliException;
import dev.virga.host.control.ControlPlane;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a command is for a cluster, and for which. */
public final class ClusterFlags {

    /** Somebody waits. */
    private static final int RETRIES = 2;

    @Option(
            names = "--cluster",
            description = "Speak to the Kubernetes cluster of the kubeconfig's current context, not to a host.")
    private boolean cluster;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Speak to the cluster of this context of the kubeconfig, not to a host.")
    private Optional<String> context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Speak to the cluster that this file names, not to a host (default, with --cluster or "
                    + "--context: $KUBECONFIG, or else ~/.kube/config, or else the pod's own account).")
    private Optional<Path> kubeconfig;

    /**
     * The cluster, if one is meant; closed by the caller.
     *
     * @throws CliException.Usage if the flags lead to none
     */
    public Optional<ControlPlane> open() {
        return cluster || context.isPresent() || kubeconfig.isPresent() ? Optional.of(connect()) : Optional.empty();
    }

    private ControlPlane connect() {
        kubeconfig.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new CliException.Usage("--kubeconfig " + file + ": there is no such file, or it cannot be read");
        });
        Config config = config();
        context.filter(name -> config.getCurrentContext() == null
                        || !name.equals(config.getCurrentContext().getName()))
                .ifPresent(name -> {
                    throw new CliException.Usage("--context " + name + ": there is no such context in the kubeconfig");
                });
        config.setRequestRetryBackoffLimit(RETRIES);
        return new Cluster(new KubernetesClientBuilder().withConfig(config).build());
    }

    private Config config() {
        try {
            return kubeconfig.map(file -> Config.fromKubeconfig(context.orElse(null), file.toFile()))
                    .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new CliException.Usage("the kubeconfig cannot be used: " + e.getMessage());
        }
    }
}
