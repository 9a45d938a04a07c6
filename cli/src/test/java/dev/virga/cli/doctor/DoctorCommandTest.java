package dev.virga.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.engine.CompileCache;
import dev.virga.plugin.nats.NatsServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @BeforeEach
    void own() {
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        environment.put("DOCKER_CONFIG", folder.toString());
    }

    private CommandRun doctor(String... flags) {
        List<String> all = new ArrayList<>(List.of("doctor", "--data", folder.resolve("data").toString()));
        all.addAll(List.of(flags));
        return CommandRun.with(environment, "", all.toArray(String[]::new));
    }

    private List<JsonNode> findings(int code, String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("--output", "json"));
        CommandRun run = doctor(all.toArray(String[]::new));
        assertEquals(code, run.exitCode(), run.out() + run.err());
        return StreamSupport.stream(new ObjectMapper().readTree(run.out()).path("findings").spliterator(), false).toList();
    }

    private static JsonNode find(List<JsonNode> findings, String what, String text) {
        return findings.stream()
                .filter(f -> f.path("what").asText().equals(what) && f.path("text").asText().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what + " " + text + " is not in " + findings));
    }

    @Test
    void aMachineThatRunsTheseTestsIsWell() throws Exception {
        List<JsonNode> findings = findings(0);
        assertEquals("good", find(findings, "JDK", Runtime.version().toString()).path("level").asText());
        for (String tool : new String[] {"Rust", "JavaScript", "C", "Go", "Python"}) {
            JsonNode found = find(findings, tool, "");
            assertTrue(found.path("level").asText().equals("good") || found.path("fix").asText().length() > 5, found.toString());
        }
        assertTrue(doctor().out().endsWith("nothing that is needed is broken\n"));
        assertFalse(Files.exists(folder.resolve("cache")) || Files.exists(folder.resolve("data")), "nothing is made");
    }

    @Test
    void corruptEntriesOfCachesAreNamed() throws Exception {
        Path cache = folder.resolve("cache/virga");
        new CompileCache(cache, 1 << 20).put("good", new byte[100]);
        new CompileCache(cache, 1 << 20).put("bad", new byte[100]);
        Files.write(cache.resolve("bad.compiled"), new byte[40]);
        Path blob = Files.createDirectories(cache.resolve("images/blobs")).resolve("0".repeat(64));
        Files.writeString(blob, "not that");
        List<JsonNode> findings = findings(0);
        JsonNode code = find(findings, "compiled code", "1 entry, 104 bytes, and 1 corrupt");
        assertEquals("rm " + cache.resolve("bad.compiled"), code.path("fix").asText());
        assertEquals("rm " + blob, find(findings, "images", "1 corrupt").path("fix").asText());
    }

    @Test
    void foldersAndFilesWithWrongPermissionsAreNamed() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path config = Files.writeString(folder.resolve("config.json"), "{}");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        List<JsonNode> findings = findings(0);
        assertEquals("chmod o-w " + data, find(findings, "data", "by everybody").path("fix").asText());
        assertEquals("chmod 600 " + config, find(findings, "credentials", "by everybody").path("fix").asText());

        environment.put("XDG_CACHE_HOME", Files.writeString(folder.resolve("file"), "").toString());
        assertEquals("broken", find(findings(1), "cache", "is no folder").path("level").asText());
    }

    @Test
    void serversOfBackendsAreReachedAndToldApart() throws Exception {
        try (NatsServer nats = new NatsServer(folder)) {
            String url = nats.url();
            findings(0, "--links", url);
            String port = url.replaceFirst(".*:", "").replaceFirst("/.*", "");
            List<JsonNode> wrong = findings(1, "--backend", "keyvalue.cache=redis,url=redis://me:hunter2@127.0.0.1:" + port);
            JsonNode found = find(wrong, "backend keyvalue.cache", "does not answer as Redis does");
            assertFalse(wrong.toString().contains("hunter2"), found.toString());
        }
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        JsonNode away = find(findings(1, "--backend", "keyvalue.cache=redis,url=redis://127.0.0.1:" + free),
                "backend keyvalue.cache", "cannot be reached");
        assertEquals("redis-server --port " + free, away.path("fix").asText());
    }

    @Test
    void whatManifestsWantIsCheckedAgainstTheBackends() throws Exception {
        Path manifest = Files.writeString(folder.resolve("shop.yaml"), """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: api, namespace: shop}
                spec:
                  replicas: 1
                  template:
                    spec:
                      components: [{name: api, image: "file:api.wasm"}]
                      hostInterfaces:
                        - {namespace: wasi, package: keyvalue, interfaces: [store], config: {backend: cache}}
                        - {namespace: acme, package: nothing, interfaces: [x]}
                """);
        List<JsonNode> findings = findings(1, "--manifest", manifest.toString());
        find(findings, "plugins", "WorkloadDeployment shop/api: wasi:keyvalue: the host has no key-value backend \"cache\"");
        find(findings, "plugins", "WorkloadDeployment shop/api: acme:nothing: there is no plugin for it");
        List<JsonNode> defined = findings(1, "--manifest", manifest.toString(), "--backend", "keyvalue.cache=memory");
        assertEquals(1, defined.stream().filter(f -> f.path("level").asText().equals("broken")).count(), defined.toString());
        assertEquals(2, doctor("--config", folder.resolve("none.yaml").toString()).exitCode());
    }
}
