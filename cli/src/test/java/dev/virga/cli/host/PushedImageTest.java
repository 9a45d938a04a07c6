package dev.virga.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.oci.TestRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From `virga oci push` to a workload, by way of the real docker-registry with htpasswd. */
@Timeout(120)
class PushedImageTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasPushedRunsByItsDigest() throws Exception {
        TestRegistry.assumeInstalled();
        try (TestRegistry registry = TestRegistry.start(Optional.of(TestRegistry.READER))) {
            String reference = registry.address() + "/acme/api:1.0";
            virga("secret", "oci", "login", registry.address(), "-u", "reader", "--password-stdin");
            String digest = new ObjectMapper()
                    .readTree(virga("", "oci", "push", "--output", "json", reference, CommandRun.example("http-api/api.wasm")))
                    .path("digest").asText();
            String docker = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("config.json")));
            Path manifest = Files.writeString(folder.resolve("api.yaml"), """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: registry, namespace: shop}
                    type: kubernetes.io/dockerconfigjson
                    data: {.dockerconfigjson: "%s"}
                    ---
                    apiVersion: runtime.wasmcloud.dev/v1alpha1
                    kind: WorkloadDeployment
                    metadata: {name: api, namespace: shop}
                    spec:
                      replicas: 1
                      template:
                        spec:
                          components:
                            - name: api
                              image: "%s@%s"
                              imagePullSecret: {name: registry}
                              imagePullPolicy: IfNotPresent
                    """.formatted(docker, reference, digest));
            Path data = folder.resolve("data");
            RunningHost host = new RunningHost(data, "--plain-http-registry", registry.address());
            try {
                virga("", "apply", "-f", manifest.toString(), "--wait", "--data", data.toString());
                assertTrue(get(host.uri(), "api.shop.localhost").startsWith("HTTP/1.1 200 "));
            } finally {
                assertEquals(0, host.stop());
            }
        }
    }

    private String virga(String input, String... args) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DOCKER_CONFIG", folder.toString());
        CommandRun run = CommandRun.with(environment, input, args);
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    private static String get(URI host, String name) throws IOException {
        try (Socket socket = new Socket(host.getHost(), host.getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
