import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of the cluster. All end with it. */
final class Machine implements AutoCloseable {

    record Host(String name, int port, int admin, Path data, Relay nats) {}

    record Operator(String name, int admin) {}

    private final Path work;
    private final Path logs;
    private final Map<String, Process> processes = new HashMap<>();
    private final int nats = port();
    final Path kubeconfig;

    Machine(Path work, Path logs) throws Exception {
        this.work = work;
        this.logs = Files.createDirectories(logs);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.values().forEach(Process::destroyForcibly)));
        int api = port();
        kubeconfig = Files.writeString(work.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: {token: secret}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """.formatted(api));
        startApi(api);
        startNats();
    }

    static int port() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void startApi(int port) throws Exception {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        String etcd = "http://127.0.0.1:" + port();
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        Path key = Files.writeString(work.resolve("accounts.key"), "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        Path tokens = Files.writeString(work.resolve("tokens.csv"), "secret,admin,1,system:masters\n");
        start("etcd", assets + "/etcd", "--data-dir=" + work.resolve("etcd"), "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd, "--listen-peer-urls=http://127.0.0.1:0", "--unsafe-no-fsync");
        start("kube-apiserver", assets + "/kube-apiserver", "--etcd-servers=" + etcd, "--secure-port=" + port,
                "--bind-address=127.0.0.1", "--cert-dir=" + work.resolve("certificates"), "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://localhost", "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key, "--disable-admission-plugins=ServiceAccount");
    }

    void startNats() throws IOException {
        start("nats", "nats-server", "-a", "127.0.0.1", "-p", Integer.toString(nats));
    }

    Host newHost(String name) throws IOException {
        return new Host(name, port(), port(), work.resolve(name), new Relay(nats));
    }

    void start(Host host) throws IOException {
        start(host.name(), "./virga", "host", "--addr", "127.0.0.1:" + host.port(), "--admin",
                "127.0.0.1:" + host.admin(), "--data", host.data().toString(), "--host-name", "127.0.0.1",
                "--image-dir", Path.of("examples").toAbsolutePath().toString(), "--scheduler-nats",
                "nats://127.0.0.1:" + host.nats().port());
    }

    Operator newOperator(String name) throws IOException {
        return new Operator(name, port());
    }

    void start(Operator operator) throws IOException {
        start(operator.name(), "./virga", "operator", "--nats", "nats://127.0.0.1:" + nats, "--namespace", "default",
                "--leader-election", "--admin", "127.0.0.1:" + operator.admin());
    }

    boolean leads(Operator operator) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create("http://127.0.0.1:" + operator.admin() + "/metrics");
            return client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .anyMatch("virga_operator_leads 1.0"::equals);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive(String name) {
        return processes.get(name).isAlive();
    }

    void kill(String name) throws InterruptedException {
        processes.get(name).destroyForcibly().waitFor();
    }

    private Process start(String name, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logs.resolve(name + ".log").toFile()));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("VIRGA_JAVA_OPTS", "-Xmx512m");
        Process process = builder.start();
        processes.put(name, process);
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        List<Process> all = new ArrayList<>(processes.values());
        all.forEach(Process::destroyForcibly);
        for (Process process : all) {
            process.waitFor();
        }
    }
}
