package dev.virga.operator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.host.shape.Json;
import dev.virga.operator.crd.Crds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real API server on an etcd of its own: without nodes and controllers, with all of validation and server-side apply.
 * Its binaries are in the folder that {@code KUBEBUILDER_ASSETS} names; where there are none, the test is skipped.
 * (fabric8's kube-api-test would start it too, but its Bouncy Castle does not go with the one of the client for NATS.)
 */
public final class ApiServer implements Cluster {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path kubeconfig;
    private final List<Process> processes = new ArrayList<>();
    private final KubernetesClient client;

    private static Optional<Path> assets() {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .map(Path::of)
                .filter(f -> Files.isExecutable(f.resolve("kube-apiserver")) && Files.isExecutable(f.resolve("etcd")));
    }

    public static boolean isThere() {
        return assets().isPresent();
    }

    /** For the tests that need one, before each of them, so that each is counted as skipped. */
    public static void assumeThere() {
        assumeTrue(isThere(), "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd");
    }

    /** One that knows our kinds. */
    public static ApiServer withKinds(Path folder) throws IOException {
        ApiServer server = new ApiServer(folder);
        try {
            server.installKinds();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** @param folder for its data; made if need be */
    public ApiServer(Path folder) throws IOException {
        assumeThere();
        this.folder = Files.createDirectories(folder);
        String etcd = "http://127.0.0.1:" + port();
        int port = port();
        Path key = Files.writeString(folder.resolve("accounts.key"), key());
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), "secret,admin,1,system:masters\n");
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: {token: secret}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """.formatted(port));
        client = Clients.open(Config.fromKubeconfig(kubeconfig.toFile()));
        try {
            run("etcd", "--data-dir=" + folder.resolve("etcd"), "--listen-client-urls=" + etcd,
                    "--advertise-client-urls=" + etcd, "--listen-peer-urls=http://127.0.0.1:0", "--unsafe-no-fsync");
            run("kube-apiserver", "--etcd-servers=" + etcd, "--secure-port=" + port,
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

    /** For tokens of service accounts, which no test has. */
    private static String key() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void run(String name, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(assets().orElseThrow().resolve(name).toString()));
        command.addAll(List.of(flags));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private void awaitReady() throws IOException {
        Config impatient = Config.fromKubeconfig(kubeconfig.toFile());
        impatient.setRequestRetryBackoffLimit(0); // what fails is asked for again here
        Instant end = Instant.now().plus(PATIENCE);
        try (KubernetesClient asking = Clients.open(impatient)) {
            while (true) {
                try {
                    if ("ok".equals(asking.raw("/readyz"))) {
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

    private void installKinds() {
        Crds.all().values().forEach(crd -> {
            var definition = client.getKubernetesSerialization().unmarshal(Json.print(crd), CustomResourceDefinition.class);
            client.resource(definition).create();
        });
        Crds.all().keySet().forEach(plural -> client.apiextensions().v1().customResourceDefinitions()
                .withName(plural + ".runtime.wasmcloud.dev")
                .waitUntilCondition(
                        crd -> crd != null && crd.getStatus() != null && crd.getStatus().getConditions().stream()
                                .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS));
    }

    /** Of one who may do everything. */
    @Override
    public KubernetesClient client() {
        return client;
    }

    /** The same for other programs. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        client.close();
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
