package dev.virga.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real API server on an etcd of its own: without nodes and controllers, with all of validation and server-side apply.
 * Its binaries are in the folder that {@code KUBEBUILDER_ASSETS} names. (fabric8's kube-api-test would start it too, but
 * its Bouncy Castle does not go with the one that comes with the client for NATS.)
 */
public final class ApiServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path kubeconfig;
    private final List<Process> processes = new ArrayList<>();

    /** Skips the test where there are no binaries. */
    public ApiServer(Path folder) throws IOException, GeneralSecurityException {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        assumeTrue(assets != null, "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver");
        this.folder = folder;
        String etcd = "http://127.0.0.1:" + port();
        int port = port();
        Path key = folder.resolve("accounts.key");
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), "secret,admin,1,system:masters\n");
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: {token: secret}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """.formatted(port));
        try {
            run(assets, "etcd", "--data-dir=" + folder.resolve("etcd"), "--listen-client-urls=" + etcd,
                    "--advertise-client-urls=" + etcd, "--listen-peer-urls=http://127.0.0.1:0", "--unsafe-no-fsync");
            run(assets, "kube-apiserver", "--etcd-servers=" + etcd, "--secure-port=" + port,
                    "--bind-address=127.0.0.1", "--cert-dir=" + folder.resolve("certificates"),
                    "--token-auth-file=" + tokens, "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24",
                    "--service-account-issuer=https://localhost", "--service-account-key-file=" + key,
                    "--service-account-signing-key-file=" + key, "--disable-admission-plugins=ServiceAccount");
            awaitReady();
        } catch (RuntimeException | Error | IOException e) {
            close();
            throw e;
        }
    }

    private static int port() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private void run(String assets, String name, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(assets, name).toString()));
        command.addAll(List.of(flags));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private void awaitReady() throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        try (KubernetesClient client = client()) {
            while (true) {
                try {
                    if ("ok".equals(client.raw("/readyz"))) {
                        return;
                    }
                } catch (KubernetesClientException e) {
                    // not yet
                }
                if (Instant.now().isAfter(end) || !processes.stream().allMatch(Process::isAlive)) {
                    throw new IllegalStateException(
                            "the API server does not start: " + Files.readString(folder.resolve("kube-apiserver.log")));
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    /** Of one who may do everything; closed by the caller. */
    public KubernetesClient client() {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0); // what fails is to fail at once
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
